import type { ConfigFault, SourceConfig } from './connector.js';

/** Reads the members of a configuration one by one, and collects what is wrong with them. */
export class ConfigReader {
  readonly faults: ConfigFault[] = [];
  private readonly known = new Set<string>();

  constructor(private readonly config: SourceConfig) {}

  /** An address without path, user or query. */
  origin(name: string, fallback?: string): string {
    const value = this.take(name) ?? fallback;
    const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
      this.fault(name, 'must be an address such as https://gitlab.example.com');
      return '';
    }
    return url.href.replace(/\/+$/, '');
  }

  /** Texts without doubles; those that do not match are faults. */
  texts(name: string, { matching, example, most }: { matching: RegExp; example: string; most: number }): string[] {
    const value = this.take(name) ?? [];
    if (!Array.isArray(value) || value.length > most) {
      this.fault(name, `must be a list of at most ${most} texts`);
      return [];
    }
    value.forEach((each, index) => {
      if (typeof each !== 'string' || !matching.test(each))
        this.fault(`${name}/${index}`, `must be such as ${example}`);
    });
    return [...new Set(value as string[])];
  }

  choices<Choice extends string>(name: string, all: readonly Choice[]): Choice[] {
    const value = this.take(name) ?? all;
    const isFine =
      Array.isArray(value) && value.length > 0 && value.every((each) => (all as readonly unknown[]).includes(each));
    if (!isFine) this.fault(name, `must be a list of at least one of ${all.join(', ')}`);
    return isFine ? [...new Set(value as Choice[])] : [...all];
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.take(name) ?? fallback;
    if (typeof value !== 'boolean') this.fault(name, 'must be true or false');
    return value === true;
  }

  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const value = this.take(name) ?? fallback;
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      this.fault(name, `must be a whole number from ${min} to ${max}`);
      return fallback;
    }
    return value as number;
  }

  /** What was read, or the faults; members that nobody asked for are faults. */
  result<Config extends SourceConfig>(config: Config): Config | readonly ConfigFault[] {
    for (const name of Object.keys(this.config)) if (!this.known.has(name)) this.fault(name, 'is not known');
    return this.faults.length > 0 ? this.faults : config;
  }

  private take(name: string): unknown {
    this.known.add(name);
    return this.config[name] ?? undefined;
  }

  private fault(name: string, detail: string): void {
    this.faults.push({ pointer: `/${name}`, detail });
  }
}
