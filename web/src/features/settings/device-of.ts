export interface Device {
  readonly kind: 'phone' | 'computer' | 'program';
  readonly name: string;
}

const browsers: readonly [string, RegExp][] = [
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /Chrome\/|CriOS\//],
  ['Safari', /Safari\//],
];

const systems: readonly [string, RegExp][] = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** What a browser says of itself, in words: "Firefox on Linux". A program is called as it calls itself. */
export function deviceOf(userAgent: string | null | undefined): Device {
  if (!userAgent) return { kind: 'program', name: 'Unknown device' };
  const find = (list: readonly [string, RegExp][]) => list.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const browser = find(browsers);
  const system = find(systems);
  if (!browser) return { kind: 'program', name: userAgent.split(/[\s(]/)[0] || 'Unknown device' };
  return {
    kind: /Mobile|Android|iPhone|iPad/.test(userAgent) ? 'phone' : 'computer',
    name: system ? `${browser} on ${system}` : browser,
  };
}
