'use client';

import { Input } from '@/components/ui/input';
import { Filters, FilterSelect } from '@/components/ui/filters';
import { TimeRange } from '@/components/ui/time-range';
import { useReadableSources } from '@/components/sources/use-sources';
import { documentKinds } from './document-kinds';
import type { DocumentFilters } from './use-document-filters';

/** By source, kind, author and time. */
export function FilterBar({ filters }: { filters: DocumentFilters }) {
  const sources = useReadableSources();
  const { source, setSource, kind, setKind, author, range } = filters;
  return (
    <Filters>
      {sources.length > 0 && (
        <FilterSelect
          label="Source"
          all="All sources"
          value={source}
          onChange={setSource}
          options={sources.map(({ source_id: value, name: label }) => ({ value, label }))}
        />
      )}
      <FilterSelect
        label="Kind"
        all="All kinds"
        value={kind}
        onChange={setKind}
        options={Object.entries(documentKinds).map(([value, { many: label }]) => ({ value, label }))}
      />
      <Input
        aria-label="Author, by the whole name"
        placeholder="Author"
        className="w-40"
        value={author.typed}
        onChange={({ target }) => author.setTyped(target.value)}
      />
      <TimeRange range={range} />
    </Filters>
  );
}
