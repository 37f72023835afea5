import type { Dialect } from '../../../csv/contract.js';
import { RecordReader } from '../../../csv/records.js';
import { convertFault } from './faults.js';
import { sourceText, type SourceFile } from './source-text.js';

const ENOUGH_CHARACTERS = 4_000_000;
const LONE_RETURN = /\r(?!\n)/;

/**
 * Where the data begin: the number of physical lines before the first data row, as every reader counts them.
 * Undefined when there is no data row in the first megabytes, or when readers may disagree about where lines end.
 * Throws for a file without any row.
 */
export async function linesBeforeData(source: SourceFile, dialect: Dialect): Promise<number | undefined> {
  const reader = new RecordReader(dialect);
  const wanted = dialect.header ? 2 : 1;
  const lines: number[] = [];
  let characters = 0;
  let isPlain = true;
  for await (const { text } of sourceText(source)) {
    characters += text.length;
    isPlain &&= !LONE_RETURN.test(text.endsWith('\r') ? text.slice(0, -1) : text);
    lines.push(...reader.push(text).map(({ line }) => line));
    if (lines.length >= wanted || characters > ENOUGH_CHARACTERS) break;
  }
  if (characters <= ENOUGH_CHARACTERS && lines.length < wanted) lines.push(...reader.end().map(({ line }) => line));
  if (lines.length === 0 && characters <= ENOUGH_CHARACTERS) throw emptyFile(characters);
  const first = lines[wanted - 1];
  return first === undefined || !isPlain ? undefined : first - 1;
}

function emptyFile(characters: number) {
  const what = characters === 0 ? 'The file is empty' : 'The file has only blank or skipped lines';
  return convertFault(
    'empty-file',
    `${what}: it has no rows and no header. Upload a file with at least a header line.`,
  );
}
