const longest = 255;

/** Control characters, and marks that change the direction or the look of the text around them. */
const invisible = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * The name under which an upload is shown: without the folders of the sender's machine, without characters that cannot
 * be seen, at most 255 characters with its ending kept. Objects are stored under generated keys, never under this.
 */
export function cleanFileName(given: string, fallback: string): string {
  const name = wellFormed(given).normalize('NFC').replace(invisible, '').split(/[\\/]/).at(-1)!.trim();
  if (name === '' || /^\.+$/.test(name)) return fallback;
  return shortened(name);
}

function shortened(name: string): string {
  if (name.length <= longest) return name;
  const ending = /(\.[\w-]{1,10}){0,2}$/.exec(name)![0];
  return wellFormed(name.slice(0, longest - ending.length)).replace(/\ufffd$/, '') + ending;
}

/** A surrogate without its other half cannot be written as UTF-8; it becomes U+FFFD. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
