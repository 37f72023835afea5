/** A line that says who speaks, and where what they say begins in it. */
export interface Label {
  readonly speaker: string;
  readonly from_ms?: number;
  /** Characters of the line that are not speech. */
  readonly length: number;
}

const time = String.raw`(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?`;
const name = String.raw`[\p{Lu}\d][\p{L}\p{N}.'’\-/#&]*(?: [\p{L}\p{N}.'’\-/#&()]+){0,4}`;
const marks = String.raw`[*_]{0,3}`;

/** `[00:01:02] **Name (00:01:02):** speech`; each part but the name and its colon may be missing. */
const withColon = new RegExp(
  String.raw`^\s*(?:>+\s*)?(?:[[(]?(${time})[\])]?\s*[-–]?\s*)?${marks}(${name})${marks}\s*(?:[[(]?(${time})[\])]?)?\s*${marks}:${marks}(?=\s|$)\s*`,
  'u',
);
/** `Q. speech`, `A: speech`. */
const letter = new RegExp(String.raw`^\s*${marks}([QA])(?:\.|:|\))${marks}\s+`, 'u');
/** As in hearings: `Mr. RANKIN. Speech`, `The CHAIRMAN. Speech`. */
const inCapitals =
  /^\s*((?:(?:Mr|Mrs|Ms|Miss|Dr|Gen|Col|Senator|Representative|Justice|The)\.? )?\p{Lu}[\p{Lu}'’-]{2,}(?: \p{Lu}[\p{Lu}'’.-]+){0,2})\.\s+(?=\S)/u;
/** `Name 00:01:02`, alone on its line. */
const alone = new RegExp(String.raw`^\s*${marks}(${name})${marks}\s+[[(]?(${time})[\])]?${marks}\s*$`, 'u');

/** What a line may say of who speaks; whether it does is known from the other lines. Undefined for mere text. */
export function labelOf(line: string): Label | undefined {
  const colon = withColon.exec(line);
  if (colon && !/^(https?|ftp|note|nb|ps)$/i.test(colon[2]!)) return label(colon[0], colon[2]!, colon[1] ?? colon[3]);
  const single = letter.exec(line) ?? inCapitals.exec(line);
  if (single) return label(single[0], single[1]!, undefined);
  const headed = alone.exec(line);
  return headed ? label(line, headed[1]!, headed[2]) : undefined;
}

/** Milliseconds of `1:02:03.4`, `02:03` and the like. */
export function milliseconds(text: string): number {
  const [seconds = '0', minutes = '0', hours = '0'] = text.replace(',', '.').split(':').toReversed();
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

function label(matched: string, speaker: string, at: string | undefined): Label {
  const length = matched.length;
  const cleaned = speaker.replace(/\s+/g, ' ').trim();
  return { speaker: cleaned, length, ...(at !== undefined && { from_ms: milliseconds(at) }) };
}
