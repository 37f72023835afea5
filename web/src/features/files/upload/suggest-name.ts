const longest = 60;

/** A name for a data set by the name of its file: `Orders 2024 (final).csv.gz` becomes `orders_2024_final`. */
export function suggestName(fileName: string): string {
  const name = fileName
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, longest)
    .replace(/_+$/, '');
  if (name === '') return 'data';
  return /^\d/.test(name) ? `data_${name}` : name;
}
