/** Something that waits for a worker on behalf of a workspace. */
export interface Waiting {
  readonly workspaceId: string | undefined;
}

/**
 * Who waits for a worker. The next one is the oldest of the workspace that has the fewest tasks running, so that a
 * workspace with many tasks does not hold up the others.
 */
export class WaitingLine<Item extends Waiting> {
  private readonly items: Item[] = [];
  private readonly running = new Map<string | undefined, number>();

  get length(): number {
    return this.items.length;
  }

  add(item: Item): void {
    this.items.push(item);
  }

  /** True when the item was still waiting. */
  remove(item: Item): boolean {
    const index = this.items.indexOf(item);
    if (index >= 0) this.items.splice(index, 1);
    return index >= 0;
  }

  /** Whose turn it is. */
  peek(): Item | undefined {
    const fewest = Math.min(...this.items.map((item) => this.runningOf(item)));
    return this.items.find((item) => this.runningOf(item) === fewest);
  }

  /** Sends everybody home. */
  empty(): Item[] {
    return this.items.splice(0);
  }

  /** Takes the next item out of the line and counts it as running until `ended` is called with it. */
  next(): Item | undefined {
    const item = this.peek();
    if (!item) return undefined;
    this.remove(item);
    this.running.set(item.workspaceId, this.runningOf(item) + 1);
    return item;
  }

  ended(item: Item): void {
    const count = this.runningOf(item) - 1;
    if (count > 0) this.running.set(item.workspaceId, count);
    else this.running.delete(item.workspaceId);
  }

  private runningOf(item: Item): number {
    return this.running.get(item.workspaceId) ?? 0;
  }
}
