/** Text as it is compared: without accents, case and surplus spaces. `  São  Paulo ` and `sao paulo` are the same. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
