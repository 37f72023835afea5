import type { TextPiece } from './marked-text';

/** Text of others, never more than text, with what was looked for marked. */
export function Marked({ pieces }: { pieces: readonly TextPiece[] }) {
  return pieces.map(({ text, isMarked }, index) =>
    isMarked ? (
      <mark key={index} className="rounded-xs bg-warning-soft px-0.5 font-medium text-foreground">
        {text}
      </mark>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}
