import { ThumbsDown, ThumbsUp } from 'lucide-react';

export function RatingIcon({ rating }: { rating: 'up' | 'down' }) {
  return rating === 'up' ? (
    <ThumbsUp className="size-4 text-success" role="img" aria-label="Good answer" />
  ) : (
    <ThumbsDown className="size-4 text-danger" role="img" aria-label="Bad answer" />
  );
}
