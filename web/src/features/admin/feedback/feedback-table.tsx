'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import type { Schemas } from '@/lib/api/client';
import { useNameOf } from '@/lib/use-members';
import { RatingIcon } from './rating-icon';

type Given = Schemas['Feedback'];

export function FeedbackTable({ given, onShow }: { given: readonly Given[]; onShow: (given: Given) => void }) {
  const nameOf = useNameOf();
  return (
    <DataTable
      label="Feedback"
      rows={given}
      rowKey={({ feedback_id: id }) => id}
      columns={[
        { header: <span className="sr-only">Rating</span>, cell: ({ rating }) => <RatingIcon rating={rating} /> },
        {
          header: 'Question',
          cell: (each) => (
            <div className="min-w-56">
              <Button
                variant="link"
                size="inline"
                className="text-left font-medium whitespace-normal"
                onClick={() => onShow(each)}
              >
                {each.question}
              </Button>
              {each.comment && <p className="line-clamp-2 text-[13px] text-muted-foreground">{each.comment}</p>}
            </div>
          ),
        },
        {
          header: 'Says',
          cell: ({ reason, corrected_sql: corrected }) => (
            <span className="flex flex-wrap gap-1">
              {reason && <Badge>{reason}</Badge>}
              {corrected && <Badge tone="accent">corrected SQL</Badge>}
            </span>
          ),
        },
        { header: 'Who', className: 'whitespace-nowrap', cell: ({ user_id: id }) => nameOf(id) },
        {
          header: 'When',
          className: 'whitespace-nowrap text-muted-foreground',
          cell: ({ created_at: at }) => <Time at={at} />,
        },
      ]}
    />
  );
}
