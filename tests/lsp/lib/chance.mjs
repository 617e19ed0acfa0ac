// Numbers by chance that can be had again: the same seed gives the same ones.
export class Chance {
  constructor(seed) {
    this.state = seed >>> 0;
  }
  // At least 0, less than 1 (mulberry32).
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n) {
    return Math.floor(this.next() * n);
  }
  of(list) {
    return list[this.below(list.length)];
  }
  is(share) {
    return this.next() < share;
  }
}
