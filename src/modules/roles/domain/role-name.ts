/** The form under which names of roles are compared: spellings that differ in case, width or composition are one. */
export function roleNameKey(name: string): string {
  // Down, up and down again, since some letters have several lower-case forms (ς and σ, ß and ss).
  return name.normalize('NFKC').trim().toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}
