/** What documents may have besides their text, by the names that people know. */
const terms: Readonly<Record<string, string>> = {
  number: 'Number',
  state: 'State',
  type: 'Type',
  priority: 'Priority',
  resolution: 'Resolution',
  labels: 'Labels',
  tags: 'Tags',
  milestone: 'Milestone',
  assignees: 'Assigned to',
  due_date: 'Due',
  closed_at: 'Closed',
  merged_at: 'Merged',
  estimated_hours: 'Estimated hours',
  actual_hours: 'Actual hours',
  replies: 'Replies',
  path: 'Path',
};

/** The fields worth showing, each as a term and a text. */
export function metadataInWords(metadata: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(terms).flatMap(([name, term]): [string, string][] => {
    const text = textOf(metadata[name]);
    return text === '' ? [] : [[term, text]];
  });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string').join(', ');
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? value.slice(0, 10) : value.replaceAll('_', ' ');
}
