import type { Parameter } from '../../support/api-document.js';

/** Values of path parameters that name nothing, as they stand in a path. */
export const hostilePaths = [
  '%00',
  '%0d%0aset-cookie:%20x=1',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%ff%fe',
  '%ed%a0%80',
  '%F0%9F%98%80',
  '%27%20or%201=1--',
  '%25',
  '*',
  '-1',
  '1e3',
  '99999999999999999999',
  'null',
  '__proto__',
  'constructor',
  '[object%20Object]',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(400),
  'x'.repeat(2_000),
];

export interface HostileQuery {
  readonly query: string;
  /** The document says that the parameter cannot have the value. */
  readonly isWrong: boolean;
}

/** Query strings in which the parameter is not what the document says, or just strange. */
export function hostileQueries({ name, schema = {} }: Parameter): HostileQuery[] {
  const isText = (schema.type ?? 'string') === 'string' && schema.enum === undefined;
  const strange = ['%00', '%ff', '%ed%a0%80', "'--", '%25', '*', '__proto__', '%F0%9F%98%80'];
  const notNumbers = ['x', '1e999', '-1', '1.5', 'NaN', '[]', '{}'];
  const values = [...strange, ...notNumbers].map((value) => ({ query: `${name}=${value}`, isWrong: !isText }));
  return [
    ...values,
    { query: `${name}=`, isWrong: false },
    { query: `${name}=${'x'.repeat(5_000)}`, isWrong: !isText || schema.maxLength !== undefined },
    { query: `${name}=1&${name}=2`, isWrong: isText || schema.type === 'boolean' },
    { query: `${name}[]=1`, isWrong: true },
    { query: `${name}[x]=1`, isWrong: true },
    { query: `${name}=1&__proto__[x]=1`, isWrong: true },
  ];
}
