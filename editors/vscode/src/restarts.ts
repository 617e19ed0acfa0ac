// How often a server may die before it is left alone.

export class Restarts {
  private deaths: number[] = [];
  constructor(
    private readonly most = 5,
    private readonly within = 60_000,
  ) {}

  /** Notes a death; true where it was one too many. */
  died(now: number): boolean {
    this.deaths = this.deaths.filter((then) => now - then < this.within);
    this.deaths.push(now);
    return this.deaths.length >= this.most;
  }
  forget(): void {
    this.deaths = [];
  }
}
