'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Card, CardTitle } from '@/components/ui/card';
import { ProblemNote } from '@/components/ui/problem-note';
import { SkeletonRows } from '@/components/ui/skeleton';
import { api, ask, type Schemas } from '@/lib/api/client';
import { formatCount } from '@/lib/format';
import { paths } from '@/lib/paths';
import { methodNames } from '../progress/steps';
import type { Level } from '../result/lineage';

type Sides = Pick<Schemas['AnalysisComparison'], 'first' | 'second'>;

export function Comparison({ first, second }: { first: string; second: string }) {
  const comparison = useQuery({
    queryKey: ['analyses', 'comparison', first, second],
    queryFn: () =>
      ask(
        api.GET('/api/v1/analysis/requests/{request_id}/comparison', {
          params: { path: { request_id: first }, query: { with: second } },
        }),
      ),
  });
  if (comparison.error) return <ProblemNote error={comparison.error} onRetry={() => void comparison.refetch()} />;
  if (!comparison.data) return <SkeletonRows rows={6} />;
  const { patterns, principles, ...sides } = comparison.data;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Summary side={sides.first} />
        <Summary side={sides.second} />
      </div>
      <Compared title="Principles" level="principles" items={principles} sides={sides} />
      <Compared title="Patterns" level="patterns" items={patterns} sides={sides} />
    </>
  );
}

function Summary({ side }: { side: Schemas['ComparedSide'] }) {
  return (
    <p className="text-sm text-muted-foreground">
      {methodNames[side.method]}: {formatCount(side.interviews, 'interview')}, {formatCount(side.meanings, 'meaning')},{' '}
      {formatCount(side.patterns, 'pattern')}, {formatCount(side.insights, 'insight')},{' '}
      {formatCount(side.principles, 'principle')}
    </p>
  );
}

/** What both have, then what only one of them has. */
function Compared({
  title,
  level,
  items,
  sides,
}: {
  title: string;
  level: Level;
  items: readonly Schemas['ComparedItem'][];
  sides: Sides;
}) {
  const groups = [
    { heading: 'In both', items: items.filter(({ first, second }) => first !== null && second !== null) },
    { heading: `Only in ${sides.first.title}`, items: items.filter(({ second }) => second === null) },
    { heading: `Only in ${sides.second.title}`, items: items.filter(({ first }) => first === null) },
  ];
  return (
    <Card>
      <CardTitle>{title}</CardTitle>
      <div className="flex flex-col gap-5">
        {groups.map((group, index) => (
          <section key={index}>
            <h3 className="mb-1.5 text-[13px] font-medium break-words text-muted-foreground">{group.heading}</h3>
            {group.items.length === 0 && <p className="text-sm text-muted-foreground">Nothing.</p>}
            <ul className="divide-y">
              {group.items.map((item) => (
                <ComparedRow key={`${item.first} ${item.second}`} item={item} level={level} sides={sides} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

function ComparedRow({ item, level, sides }: { item: Schemas['ComparedItem']; level: Level; sides: Sides }) {
  const { first, second, text, likeness } = item;
  const inFirst = first === null ? '' : paths.analysis(sides.first.request_id, { show: level, item: first });
  const inSecond = second === null ? '' : paths.analysis(sides.second.request_id, { show: level, item: second });
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-60 break-words">
        {inFirst && inSecond ? text : <Way to={inFirst || inSecond}>{text}</Way>}
      </span>
      {inFirst && inSecond && (
        <span className="flex gap-3 text-[13px]">
          <span className="text-muted-foreground tabular-nums">{Math.round(likeness * 100)} % alike</span>
          <Way to={inFirst}>First</Way>
          <Way to={inSecond}>Second</Way>
        </span>
      )}
    </li>
  );
}

function Way({ to, children }: { to: string; children: string }) {
  return (
    <Link href={to} prefetch={false} className="text-accent underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
