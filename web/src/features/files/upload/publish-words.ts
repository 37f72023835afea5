export type PublishMode = 'create' | 'append' | 'replace';

export interface PublishPlan {
  readonly mode: PublishMode;
  readonly dataset: string;
  readonly fileName: string;
  /** Columns that are stored, and those that are left out. */
  readonly columns: number;
  readonly dropped: number;
  /** Columns whose type a person has set. */
  readonly fixed: number;
  readonly crawl: boolean;
}

/** What publishing will do, in sentences. */
export function publishWords(plan: PublishPlan): readonly string[] {
  const { mode, dataset, fileName, columns, dropped, fixed, crawl } = plan;
  const name = dataset || 'the data set';
  const what = `${count(columns, 'column')} of all rows of ${fileName}`;
  const first = {
    create: `The data set ${name} is made of ${what}.`,
    append: `${upperFirst(what)} are added to ${name}, with its types. Its present rows stay.`,
    replace: `${upperFirst(what)} take the place of all rows of ${name}. The present version stays and can be restored.`,
  }[mode];
  return [
    first,
    ...(dropped > 0 ? [`${upperFirst(count(dropped, 'column'))} ${dropped === 1 ? 'is' : 'are'} left out.`] : []),
    mode === 'append' || fixed > 0
      ? 'Rows with a value that does not fit are put aside as rejects, with the reason.'
      : 'Types widen where a later row needs it, so that every value fits.',
    crawl
      ? 'Then its table is profiled, so that SQL and chat can use it.'
      : 'SQL and chat see it only after a crawl that you start later.',
  ];
}

function count(number: number, one: string): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : `${one}s`}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
