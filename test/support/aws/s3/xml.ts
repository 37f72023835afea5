import type { FakeReply } from '../fake-service.js';

export type XmlValue = string | number | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

/** A document of S3: arrays repeat their element, undefined leaves it out. */
export function xml(root: string, content: XmlValue, status = 200): FakeReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"')}`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

/** The texts of all elements of a name, in their order; enough for what the SDK writes. */
export function textsOf(document: string, name: string): string[] {
  return Array.from(document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')), ([, text]) => unescape(text!));
}

/** The insides of all elements of a name. */
export function elementsOf(document: string, name: string): string[] {
  return Array.from(document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')), ([, inside]) => inside!);
}

function element(name: string, value: XmlValue, attributes = ''): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((each: XmlValue) => element(name, each)).join('');
  const inside =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([child, each]) => element(child, each))
          .join('')
      : escape(String(value));
  return `<${name}${attributes}>${inside}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
