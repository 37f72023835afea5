/**
 * The form under which names are compared: two spellings that differ only in case, width or composition have the same.
 * Folding twice changes nothing.
 */
export function foldCase(text: string): string {
  // Down, up and down again, since some letters have several lower-case forms (ς and σ, ß and ss).
  return text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}
