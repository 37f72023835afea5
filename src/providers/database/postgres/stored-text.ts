/** PostgreSQL's text holds every character but NUL; "substitute" announces what stands in for it, or for itself. */
const substitute = '\u001a';
const forNul = `${substitute}0`;
const forItself = `${substitute}1`;

/** The text as the server can hold it; nearly always the same. Equal texts stay equal. */
export function toStoredText(text: string): string {
  if (!/[\u0000\u001a]/.test(text)) return text;
  return text.replaceAll(substitute, forItself).replaceAll('\u0000', forNul);
}

export function fromStoredText(stored: string): string {
  if (!stored.includes(substitute)) return stored;
  return stored.replaceAll(forNul, '\u0000').replaceAll(forItself, substitute);
}
