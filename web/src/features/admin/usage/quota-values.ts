import type { Schemas } from '@/lib/api/client';

type Quotas = Schemas['QuotaValues'];
export type QuotaName = keyof Quotas;

/** A quota as a form shows it: in a unit that people count in. */
export interface QuotaField {
  readonly name: QuotaName;
  readonly label: string;
  readonly unit: string;
  /** How much of the service's unit one of it is. */
  readonly size: number;
}

export const quotaFields: readonly QuotaField[] = [
  { name: 'bytes_stored', label: 'Files and data sets', unit: 'GB', size: 1e9 },
  { name: 'bytes_scanned', label: 'Read by queries in a month', unit: 'GB', size: 1e9 },
  { name: 'concurrent_queries', label: 'Queries at the same time', unit: 'queries', size: 1 },
  { name: 'chat_usd', label: 'Chat in a month', unit: 'US dollars', size: 1 },
];

/** Empty where the workspace has no quota of its own. */
export function shownQuotas(quotas: Quotas): Record<QuotaName, string> {
  const shown = quotaFields.map(({ name, size }) => {
    const value = quotas[name];
    return [name, value === undefined || value === null ? '' : String(value / size)];
  });
  return Object.fromEntries(shown) as Record<QuotaName, string>;
}

/** What to send for a form: an empty field leaves the quota to the service. */
export function sentQuotas(shown: Readonly<Record<QuotaName, string>>): Quotas {
  const sent = quotaFields
    .filter(({ name }) => shown[name].trim() !== '')
    .map(({ name, size }) => {
      const value = Number(shown[name]) * size;
      return [name, name === 'chat_usd' ? value : Math.round(value)];
    });
  return Object.fromEntries(sent) as Quotas;
}
