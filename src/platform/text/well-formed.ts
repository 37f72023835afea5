/** The text with U+FFFD for each half of a character that stands without its other half: such cannot be stored as UTF-8. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
