export const exportFormats = ['json', 'markdown', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const contentTypes: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

export const extensions: Readonly<Record<ExportFormat, string>> = { json: 'json', markdown: 'md', csv: 'csv' };
