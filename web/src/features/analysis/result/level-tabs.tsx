'use client';

import { Lightbulb, type LucideIcon, MessageSquareQuote, Network } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import type { Followed } from '../progress/followed';
import { StepList } from '../progress/step-list';
import { Insights } from './insights';
import { type AnalysisResult, type Level, levels } from './lineage';
import { Chunks, Meanings } from './meanings';
import { Patterns } from './patterns';
import { Principles } from './principles';
import { useReading } from './reading';

interface Shown {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly empty: string;
  readonly content: ReactNode;
}

const shownLevels: Readonly<Record<Level, Shown>> = {
  principles: {
    label: 'Principles',
    icon: Lightbulb,
    empty: 'No insight was strong enough to rest a principle on. Longer interviews, or more of them, help.',
    content: <Principles />,
  },
  insights: {
    label: 'Insights',
    icon: Lightbulb,
    empty: 'No pattern was strong enough to be explained.',
    content: <Insights />,
  },
  patterns: {
    label: 'Patterns',
    icon: Network,
    empty: 'Nothing was said more than once. Longer interviews, or more of them, help.',
    content: <Patterns />,
  },
  meanings: {
    label: 'Meanings',
    icon: MessageSquareQuote,
    empty: 'Nothing in the interviews told enough to be taken down.',
    content: <Meanings />,
  },
  chunks: { label: 'Chunks', icon: MessageSquareQuote, empty: 'The interviews have no text.', content: <Chunks /> },
};

/** What was found, level by level from conclusions to what was said, and the steps that led there. */
export function LevelTabs({ followed }: { followed: Followed }) {
  const { result, view, go } = useReading();
  return (
    <Tabs value={view.show ?? firstLevel(result)} onValueChange={(show) => go({ show, item: '' })}>
      <TabsList aria-label="Levels" className="mb-4">
        {levels.map((level) => (
          <TabsTrigger key={level} value={level}>
            {shownLevels[level].label} <span className="ml-0.5 font-normal tabular-nums">{result[level].length}</span>
          </TabsTrigger>
        ))}
        <TabsTrigger value="steps">Steps</TabsTrigger>
      </TabsList>
      {levels.map((level) => {
        const { icon, empty, content, label } = shownLevels[level];
        return (
          <TabsContent key={level} value={level} className="flex flex-col gap-3">
            {result[level].length === 0 ? (
              <EmptyState icon={icon} title={`No ${label.toLowerCase()}`}>
                {empty}
              </EmptyState>
            ) : (
              content
            )}
          </TabsContent>
        );
      })}
      <TabsContent value="steps">
        <div className="rounded-xl border bg-surface p-5">
          <StepList followed={followed} />
        </div>
      </TabsContent>
    </Tabs>
  );
}

/** The highest level that has something. */
function firstLevel(result: AnalysisResult): Level {
  return levels.find((level) => result[level].length > 0) ?? 'principles';
}
