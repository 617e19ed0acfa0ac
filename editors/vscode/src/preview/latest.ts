// Work that only the newest state of things is worth: however often it is asked for, it is done once at a time, and once more.

export class Latest {
  private isRunning = false;
  private again = false;
  private isOver = false;

  /** `work` may look at `isOvertaken` on its way, and rejects for nothing that is to be known outside. */
  constructor(private readonly work: () => Promise<void>) {}

  /** It was asked for again since the work began: what it makes is old already. */
  get isOvertaken(): boolean {
    return this.again || this.isOver;
  }
  ask(): void {
    this.again = true;
    if (!this.isRunning && !this.isOver) void this.run();
  }
  /** Nothing is begun any more. */
  end(): void {
    this.isOver = true;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.again && !this.isOver) {
        this.again = false;
        await this.work();
      }
    } finally {
      this.isRunning = false;
    }
  }
}
