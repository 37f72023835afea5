/**
 * The header that makes a browser save a file under a name (RFC 6266): an ASCII name that every client understands, and
 * the exact one for those that know RFC 8187. No character of the name can end the parameter or the header.
 */
export function attachment(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^ !#$&+.0-9A-Z^_`a-z~-]/g, '_');
  if (ascii === fileName) return `attachment; filename="${ascii}"`;
  const exact = encodeURIComponent(Buffer.from(fileName).toString()).replaceAll(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
