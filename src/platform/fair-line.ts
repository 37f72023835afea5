/**
 * One workspace may keep as many busy as are set; one more is started when another workspace needs it, so that nobody has
 * to wait for the end of somebody else's long work.
 */
export function withOneForOthers(workers: number): number {
  return workers + 1;
}

interface Tenant<Item> {
  readonly waiting: Item[];
  running: number;
  /** How many it may have running at most. */
  most: number;
  /** When it was served last; 0 for one that had nothing here until now. */
  turn: number;
}

/**
 * Those who wait for something scarce, on behalf of tenants. The next is of the tenant that has the fewest running, of
 * several such the one whose last turn is the longest ago, and within a tenant whoever has waited longest. A tenant that
 * has as many running as it may is passed over.
 */
export class FairLine<Item> {
  private readonly tenants = new Map<string, Tenant<Item>>();
  private turns = 0;

  /** How many wait. */
  get length(): number {
    return this.sum(({ waiting }) => waiting.length);
  }

  /** How many of those who wait could be served now, if there were enough for all. */
  get servable(): number {
    return this.sum(({ waiting, most, running }) => Math.min(waiting.length, most - running));
  }

  lengthOf(tenant: string): number {
    return this.tenants.get(tenant)?.waiting.length ?? 0;
  }

  /** Lets the item wait. From now on the tenant may have `most` running. */
  add(tenant: string, item: Item, most = Infinity): void {
    this.known(tenant, most).waiting.push(item);
  }

  /** True when the item was still waiting. */
  remove(tenant: string, item: Item): boolean {
    const known = this.tenants.get(tenant);
    const index = known?.waiting.indexOf(item) ?? -1;
    if (!known || index < 0) return false;
    known.waiting.splice(index, 1);
    this.forgetIdle(tenant, known);
    return true;
  }

  /**
   * Takes whoever is next out of the line and counts it as running until `ended` is called for its tenant. With `below`,
   * only of tenants that have fewer running than that.
   */
  next(below = Infinity): Item | undefined {
    let next: Tenant<Item> | undefined;
    for (const tenant of this.tenants.values()) {
      if (tenant.waiting.length === 0 || tenant.running >= Math.min(tenant.most, below)) continue;
      if (!next || isBefore(tenant, next)) next = tenant;
    }
    return next && this.serve(next).waiting.shift();
  }

  /** Counts something of the tenant as running that has not waited. False when it has as many running as it may. */
  enter(tenant: string, most = Infinity): boolean {
    const known = this.known(tenant, most);
    const allowed = known.running < most;
    if (allowed) this.serve(known);
    return allowed;
  }

  /** Something of the tenant that was running has ended. */
  ended(tenant: string): void {
    const known = this.tenants.get(tenant)!;
    known.running -= 1;
    this.forgetIdle(tenant, known);
  }

  /** Sends everybody home. */
  empty(): Item[] {
    return [...this.tenants.values()].flatMap(({ waiting }) => waiting.splice(0));
  }

  private serve(tenant: Tenant<Item>): Tenant<Item> {
    tenant.running += 1;
    tenant.turn = ++this.turns;
    return tenant;
  }

  private known(tenant: string, most: number): Tenant<Item> {
    let known = this.tenants.get(tenant);
    if (!known) this.tenants.set(tenant, (known = { waiting: [], running: 0, most, turn: 0 }));
    known.most = most;
    return known;
  }

  private forgetIdle(tenant: string, { waiting, running }: Tenant<Item>): void {
    if (waiting.length === 0 && running === 0) this.tenants.delete(tenant);
  }

  private sum(count: (tenant: Tenant<Item>) => number): number {
    return [...this.tenants.values()].reduce((total, tenant) => total + Math.max(0, count(tenant)), 0);
  }
}

function isBefore<Item>(one: Tenant<Item>, other: Tenant<Item>): boolean {
  return one.running === other.running ? one.turn < other.turn : one.running < other.running;
}
