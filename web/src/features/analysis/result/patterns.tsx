'use client';

import { Scale } from 'lucide-react';
import { formatCount } from '@/lib/format';
import { InsightWays } from './chips';
import { Evidence, Part } from './evidence';
import { ItemCard } from './item-card';
import type { Pattern } from './lineage';
import { QuoteList } from './quote';
import { useReading } from './reading';

export function Patterns() {
  const { result } = useReading();
  return result.patterns.map((pattern) => <PatternCard key={pattern.pattern_id} pattern={pattern} />);
}

function PatternCard({ pattern }: { pattern: Pattern }) {
  const { lineage } = useReading();
  const { pattern_id: id, theme, summary, support, meanings, tension } = pattern;
  return (
    <ItemCard id={id}>
      <h2 className="font-semibold break-words">{theme}</h2>
      <p className="text-sm break-words">{summary}</p>
      <p className="text-[13px] text-muted-foreground">
        {formatCount(support.meanings, 'meaning')} in {formatCount(support.chunks, 'chunk')}, by{' '}
        {formatCount(support.speakers, 'speaker')} in {formatCount(support.interviews, 'interview')}
      </p>
      <Feelings sentiment={pattern.sentiment} />
      {tension && <Tension tension={tension} />}
      <InsightWays insights={lineage.insightsFrom(id)} label="Leads to" />
      <Evidence id={id} label={formatCount(meanings.length, 'quote')}>
        <QuoteList meanings={meanings} label={`Quotes of ${theme}`} />
      </Evidence>
    </ItemCard>
  );
}

function Tension({ tension: { description, between, and } }: { tension: NonNullable<Pattern['tension']> }) {
  return (
    <div className="rounded-lg border border-warning/30 bg-warning-soft p-3">
      <p className="flex items-center gap-2 text-sm">
        <Scale className="size-4 shrink-0 text-warning" aria-hidden /> {description}
      </p>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <Part title="On the one side">
          <QuoteList meanings={between} label="On the one side" />
        </Part>
        <Part title="On the other">
          <QuoteList meanings={and} label="On the other" />
        </Part>
      </div>
    </div>
  );
}

const feelings = [
  { name: 'positive', word: 'favourable', looks: 'bg-success' },
  { name: 'neutral', word: 'neutral', looks: 'bg-input' },
  { name: 'negative', word: 'unfavourable', looks: 'bg-danger' },
] as const;

/** How many meanings speak well of it, and how many do not. */
function Feelings({ sentiment }: Pick<Pattern, 'sentiment'>) {
  const told = feelings.filter(({ name }) => sentiment[name] > 0);
  const words = told.map(({ name, word }) => `${sentiment[name]} ${word}`).join(', ');
  return (
    <div className="flex items-center gap-3">
      <div aria-hidden className="flex h-1.5 w-32 gap-px overflow-hidden rounded-full bg-muted">
        {told.map(({ name, looks }) => (
          <span key={name} className={looks} style={{ flexGrow: sentiment[name] }} />
        ))}
      </div>
      <span className="text-[13px] text-muted-foreground">{words}</span>
    </div>
  );
}
