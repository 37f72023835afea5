/** Keeps the ids with the highest scores of all that are offered; of equal scores those that came first. A heap whose root is the worst. */
export class TopScores {
  private readonly ids: Float64Array;
  private readonly scores: Float64Array;
  private readonly order: Float64Array;
  private count = 0;
  private offered = 0;

  constructor(private readonly limit: number) {
    this.ids = new Float64Array(limit);
    this.scores = new Float64Array(limit);
    this.order = new Float64Array(limit);
  }

  /** What is not above this need not be offered. */
  get threshold(): number {
    return this.count < this.limit ? -Infinity : this.scores[0]!;
  }

  offer(id: number, score: number): void {
    this.offered += 1;
    if (this.count < this.limit) {
      this.count += 1;
      this.rise(this.count - 1, id, score);
    } else if (score > this.threshold) this.sink(id, score);
  }

  /** The best first. */
  best(): { readonly id: number; readonly score: number }[] {
    return Array.from({ length: this.count }, (_, at) => at)
      .sort((one, other) => this.scores[other]! - this.scores[one]! || this.order[one]! - this.order[other]!)
      .map((at) => ({ id: this.ids[at]!, score: this.scores[at]! }));
  }

  private rise(from: number, id: number, score: number): void {
    let at = from;
    for (let parent = (at - 1) >> 1; at > 0 && this.isWorse(score, this.offered, parent); parent = (at - 1) >> 1) {
      this.move(parent, at);
      at = parent;
    }
    this.set(at, id, score);
  }

  private sink(id: number, score: number): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.count) break;
      const right = left + 1;
      const worse = right < this.count && this.isWorse(this.scores[right]!, this.order[right]!, left) ? right : left;
      if (this.isWorse(score, this.offered, worse)) break;
      this.move(worse, at);
      at = worse;
    }
    this.set(at, id, score);
  }

  private isWorse(score: number, order: number, than: number): boolean {
    return score === this.scores[than]! ? order > this.order[than]! : score < this.scores[than]!;
  }

  private move(from: number, to: number): void {
    this.ids[to] = this.ids[from]!;
    this.scores[to] = this.scores[from]!;
    this.order[to] = this.order[from]!;
  }

  private set(at: number, id: number, score: number): void {
    this.ids[at] = id;
    this.scores[at] = score;
    this.order[at] = this.offered;
  }
}
