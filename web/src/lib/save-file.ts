/** Lets the browser keep what the page holds, under a name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; before, the browser may still need the address.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
