'use client';

import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { SearchField } from '@/components/ui/search-field';
import { useSearchParameter } from '@/lib/use-search-parameter';
import { DocumentList } from './document-list';
import { FilterBar } from './filter-bar';
import { SearchResults } from './search-results';
import { useDocumentFilters } from './use-document-filters';

/** What people wrote elsewhere: searched when something is asked, else the latest of it. */
export function DocumentsPage() {
  const [question, ask] = useSearchParameter('q');
  const filters = useDocumentFilters();
  return (
    <Page title="Documents" description="Messages, issues and pages of the sources that you may read.">
      <div className="flex flex-col gap-3">
        <SearchBox question={question} onAsk={ask} />
        <FilterBar filters={filters} />
      </div>
      {question === '' ? <DocumentList filters={filters} /> : <SearchResults question={question} filters={filters} />}
    </Page>
  );
}

/** Searches once it is sent: a search costs more than narrowing a list. */
function SearchBox({ question, onAsk }: { question: string; onAsk: (question: string) => void }) {
  const [draft, setDraft] = useState({ question, typed: question });
  const typed = draft.question === question ? draft.typed : question;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk(typed.trim().slice(0, 1000));
  };
  const change = (text: string) => {
    setDraft({ question, typed: text });
    if (text === '') onAsk('');
  };
  return (
    <form role="search" className="flex gap-2" onSubmit={submit}>
      <SearchField
        label="Search documents by words or by a question"
        value={typed}
        onChange={change}
        className="min-w-0 flex-1"
      />
      <Button type="submit" variant="primary" disabled={typed.trim() === ''}>
        <Search /> <span className="max-sm:sr-only">Search</span>
      </Button>
    </form>
  );
}
