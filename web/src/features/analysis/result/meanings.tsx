'use client';

import { Badge } from '@/components/ui/badge';
import { formatTimestamp } from '../transcript/segments';
import { InsightWays, PatternWays, SentimentBadge } from './chips';
import { Filtered } from './filtered';
import { ItemCard } from './item-card';
import type { Chunk, Meaning } from './lineage';
import { Quote, QuoteList } from './quote';
import { PlaceLink, useReading } from './reading';

export function Meanings() {
  const { result, view } = useReading();
  return (
    <Filtered
      items={result.meanings}
      named={result.meanings.findIndex(({ meaning_id: id }) => id === view.item)}
      label="Search meanings"
      textOf={({ statement, theme, quote, phrases }) =>
        [statement, theme, quote.text, quote.speaker, ...phrases].join(' ')
      }
    >
      {(meaning) => <MeaningCard key={meaning.meaning_id} meaning={meaning} />}
    </Filtered>
  );
}

function MeaningCard({ meaning }: { meaning: Meaning }) {
  const { lineage } = useReading();
  const { meaning_id: id, theme, sentiment, salience, chunk_id: chunk } = meaning;
  return (
    <ItemCard id={id}>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-sm font-medium break-words">{theme}</h2>
        <SentimentBadge sentiment={sentiment} />
        <Badge title="How much the interview turns on it">Salience {Math.round(salience * 100)} %</Badge>
      </div>
      <Quote meaning={meaning} />
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        <PlaceLink
          anew
          to={{ show: 'chunks', item: chunk, at: id }}
          className="text-[13px] text-muted-foreground underline-offset-4 hover:underline"
        >
          In chunk {chunk.slice(1)}
        </PlaceLink>
        <PatternWays patterns={lineage.patternsWith(id)} />
        <InsightWays insights={lineage.insightsWith(id)} />
      </div>
    </ItemCard>
  );
}

export function Chunks() {
  const { result, view } = useReading();
  return (
    <Filtered
      items={result.chunks}
      named={result.chunks.findIndex(({ chunk_id: id }) => id === view.item)}
      label="Search chunks"
      textOf={({ text, speakers }) => [text, ...speakers].join(' ')}
    >
      {(chunk) => <ChunkCard key={chunk.chunk_id} chunk={chunk} />}
    </Filtered>
  );
}

function ChunkCard({ chunk }: { chunk: Chunk }) {
  const { result, lineage, view } = useReading();
  const { chunk_id: id, interview, from_ms: from, to_ms: to, text, tokens, speakers } = chunk;
  const meanings = lineage.evidenceOf('chunks', id);
  const facts = [
    result.interviews.length > 1 && result.interviews.find((each) => each.interview === interview)?.name,
    from !== undefined && to !== undefined && `${formatTimestamp(from)} to ${formatTimestamp(to)}`,
    speakers.join(', '),
    `about ${tokens} tokens`,
  ].filter(Boolean);
  return (
    <ItemCard id={id}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-sm font-medium">Chunk {id.slice(1)}</h2>
        <span className="text-[13px] text-muted-foreground">{facts.join(' · ')}</span>
      </div>
      <p className="line-clamp-4 text-sm break-words whitespace-pre-line">{text.replaceAll(/\n+/g, '\n')}</p>
      <PlaceLink
        to={{ at: id }}
        current={view.at === id}
        className="self-start text-[13px] text-accent underline-offset-4 hover:underline"
      >
        Show <span className="sr-only">chunk {id.slice(1)}</span> in the interview
      </PlaceLink>
      {meanings.length > 0 && <QuoteList meanings={meanings} label={`Quotes of chunk ${id.slice(1)}`} />}
    </ItemCard>
  );
}
