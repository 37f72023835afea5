'use client';

import { useMemo, useState } from 'react';
import { fittingWidth, fittingWidths, widest, within } from './column-widths';
import type { ResultSource } from './result-source';

/** Widths are fitted to this many of the first rows. */
const sampleRows = 60;

/** Column widths: fitted to the first rows, then as the reader wants them. */
export function useColumns(source: ResultSource) {
  const [chosen, setChosen] = useState<{ source: ResultSource; widths: Readonly<Record<number, number>> }>({
    source,
    widths: {},
  });
  const isHere = source.row(0) !== undefined;
  const fitted = useMemo(
    () => fittingWidths(source.columns, isHere ? sampleOf(source) : []),
    // Fitted again once, when the first rows have come; later rows move nothing.
    [source, isHere],
  );
  const own = chosen.source === source ? chosen.widths : undefined;
  const widths = useMemo(() => fitted.map((width, column) => own?.[column] ?? width), [fitted, own]);

  const resize = (column: number, width: number) =>
    setChosen({ source, widths: { ...own, [column]: within(Math.round(width)) } });
  const fit = (column: number) => {
    const values = sampleOf(source).map((row) => row[column]);
    resize(column, fittingWidth(source.columns[column]!, values, widest));
  };
  return { widths, resize, fit };
}

function sampleOf(source: ResultSource) {
  const rows = [];
  for (let index = 0; index < Math.min(sampleRows, source.rowCount); index += 1) {
    const row = source.row(index);
    if (row) rows.push(row);
  }
  return rows;
}
