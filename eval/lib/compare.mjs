const MOST_EXTRA_COLUMNS = 4;

/**
 * Whether the answer shows what the gold rows show: every gold column is one of the answer's columns, and the rows
 * agree on these as a multiset. A listing of whole rows may show all columns of its table.
 */
export function agrees(answer, gold, { wholeRows = false } = {}) {
  if (answer.length !== gold.length) return false;
  if (gold.length === 0) return true;
  const width = gold[0].length;
  if (answer[0].length < width) return false;
  if (!wholeRows && answer[0].length > width + MOST_EXTRA_COLUMNS) return false;
  const answerColumns = columnsOf(answer);
  const candidates = columnsOf(gold).map((column) => {
    const wanted = sorted(column);
    return answerColumns.flatMap((each, index) => (sameCells(sorted(each), wanted) ? [index] : []));
  });
  const wanted = rowKeys(gold);
  return assignments(candidates).some((columns) =>
    sameCells(rowKeys(answer.map((row) => columns.map((index) => row[index]))), wanted),
  );
}

function columnsOf(rows) {
  return rows[0].map((_, index) => rows.map((row) => normal(row[index])));
}

const sorted = (cells) => [...cells].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
const rowKeys = (rows) => sorted(rows.map((row) => JSON.stringify(row.map(normal))));
const sameCells = (one, other) => one.length === other.length && one.every((cell, index) => cell === other[index]);

/** Every way to give each gold column a column of its own. */
function assignments([first, ...rest], taken = []) {
  if (first === undefined) return [[]];
  return first
    .filter((index) => !taken.includes(index))
    .flatMap((index) => assignments(rest, [...taken, index]).map((others) => [index, ...others]));
}

/** Numbers to six digits whatever their type; a midnight as its date. */
function normal(cell) {
  if (cell === null) return 'null';
  if (typeof cell === 'boolean') return String(cell);
  const text = String(cell);
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return String(Number(Number(text).toPrecision(6)));
  return text.replace(/[T ]00:00:00(\.0+)?(Z|\+00:00)?$/, '');
}
