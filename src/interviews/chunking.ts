import type { Chunk, Interview, Span, Transcript, Turn } from './analysis.js';
import { mayBeQuoted } from './speakers.js';

/** Tokens that a chunk is meant to have, and has at most. */
const aimedTokens = 450;
const mostTokens = 700;
/** A turn that has to be cut goes on with the last sentence before the cut, unless that is longer. */
const mostOverlapTokens = 60;
const charactersPerToken = 4;

interface Piece extends Turn {
  /** Characters at its beginning that the piece before has, too. */
  readonly overlap: number;
}

export function tokensIn(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/**
 * Parts of an interview that hold together: whole turns, a question with its answers, up to a number of tokens. Only a
 * turn that is too long by itself is cut, between sentences, and only there a sentence stands in two chunks. Every
 * character of every turn is in one.
 */
export function chunk(
  transcript: Transcript,
  interview: Interview,
  sentencesIn: (text: string) => readonly Span[],
): Omit<Chunk, 'chunk_id'>[] {
  const { text } = transcript;
  const pieces = transcript.turns.flatMap((turn) => piecesOf(text, turn, sentencesIn));
  const chunks: Piece[][] = [];
  let tokens = 0;
  for (const exchange of exchangesOf(pieces, interview)) {
    const fits = tokens < aimedTokens && tokens + sizeOf(text, exchange) <= mostTokens;
    for (const piece of exchange) {
      const open = chunks.at(-1);
      const more = sizeOf(text, [piece]);
      const goesOn = fits || (piece !== exchange[0] && piece.overlap === 0 && tokens + more <= mostTokens);
      if (open && goesOn) open.push(piece);
      else chunks.push([piece]);
      tokens = open && goesOn ? tokens + more : more;
    }
  }
  return chunks.map((parts) => chunkOf(text, interview.interview, parts));
}

/** A question with what is said until the next one; where nobody asks, what one says. */
function exchangesOf(pieces: readonly Piece[], interview: Interview): Piece[][] {
  const asks = ({ speaker }: Piece) => speaker !== undefined && !mayBeQuoted(interview, speaker);
  const isConversation = pieces.some(asks);
  const exchanges: Piece[][] = [];
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    const isNew = isConversation ? asks(piece) && !(before && asks(before)) : true;
    if (isNew || exchanges.length === 0) exchanges.push([]);
    exchanges.at(-1)!.push(piece);
  }
  return exchanges;
}

function sizeOf(text: string, pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { start, end }) => sum + tokensIn(text.slice(start, end)), 0);
}

function chunkOf(text: string, interview: number, pieces: readonly Piece[]): Omit<Chunk, 'chunk_id'> {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const content = text.slice(first.start, last.end);
  const toMs = pieces.findLast(({ to_ms }) => to_ms !== undefined)?.to_ms;
  return {
    interview,
    start: first.start,
    end: last.end,
    ...(first.from_ms !== undefined && { from_ms: first.from_ms }),
    ...(toMs !== undefined && { to_ms: toMs }),
    text: content,
    tokens: tokensIn(content),
    speakers: [...new Set(pieces.flatMap(({ speaker }) => speaker ?? []))],
    overlap: first.overlap,
  };
}

function piecesOf(text: string, turn: Turn, sentencesIn: (text: string) => readonly Span[]): Piece[] {
  const said = text.slice(turn.start, turn.end);
  if (tokensIn(said) <= mostTokens) return [{ ...turn, overlap: 0 }];
  const pieces: Piece[] = [];
  let sentences: Span[] = [];
  let overlap = 0;
  const close = () => {
    if (sentences.length === 0) return;
    pieces.push(pieceOf(turn, sentences[0]!.start, sentences.at(-1)!.end, overlap));
  };
  for (const sentence of sentencesIn(said).flatMap((each) => cut(said, each))) {
    const begin = sentences[0]?.start ?? sentence.start;
    if (sentences.length > 0 && tokensIn(said.slice(begin, sentence.end)) > aimedTokens) {
      close();
      const before = sentences.at(-1)!;
      const repeats = tokensIn(said.slice(before.start, before.end)) <= mostOverlapTokens && sentences.length > 1;
      sentences = repeats ? [before] : [];
      overlap = repeats ? sentence.start - before.start : 0;
    }
    sentences.push(sentence);
  }
  close();
  return pieces;
}

/** Where in the recording a part of a turn is, is taken from where in its text it is. */
function pieceOf(turn: Turn, start: number, end: number, overlap: number): Piece {
  const { speaker, from_ms, to_ms } = turn;
  const length = turn.end - turn.start;
  const at = (offset: number) => Math.round(from_ms! + ((to_ms! - from_ms!) * offset) / length);
  return {
    ...(speaker !== undefined && { speaker }),
    start: turn.start + start,
    end: turn.start + end,
    overlap,
    ...(from_ms !== undefined && to_ms !== undefined && { from_ms: at(start), to_ms: at(end) }),
  };
}

/** A sentence that is longer than a chunk is cut between words. */
function cut(text: string, sentence: Span): Span[] {
  const most = mostTokens * charactersPerToken;
  const parts: Span[] = [];
  let { start } = sentence;
  while (sentence.end - start > most) {
    const space = text.lastIndexOf(' ', start + most);
    const end = space > start ? space : start + most;
    parts.push({ start, end });
    start = end;
  }
  return [...parts, { start, end: sentence.end }];
}
