'use strict';

// The counts of a histogram that was cloned: in shared memory, so that all clones, in whatever thread, are one.
// Run once per realm, when the first histogram is cloned or received.

const { kEmptyMin, subBucketBits } = require('internal/perf_hooks/histogram_counts');

const kTotal = 0;
const kExceeds = 1;
const kMin = 2;
const kMax = 3;
const kFirstBucket = 4;
const kNoMin = 9223372036854775807n;

class SharedStore {
  /**
   * @param {number} figures
   * @param {BigInt64Array} cells the four sums, then a count for each bucket
   */
  constructor(figures, cells) {
    this.bits = subBucketBits(figures);
    this.cells = cells;
  }

  static make(figures, highest) {
    const bits = subBucketBits(figures);
    const widths = Math.max(0, Math.floor(Math.log2(highest)) + 1 - bits);
    const buckets = 2 ** bits + widths * 2 ** (bits - 1);
    const store = new SharedStore(figures, new BigInt64Array(new SharedArrayBuffer(8 * (kFirstBucket + buckets))));
    store.reset();
    return store;
  }

  get total() { return Number(Atomics.load(this.cells, kTotal)); }
  get exceeds() { return Number(Atomics.load(this.cells, kExceeds)); }
  get max() { return Number(Atomics.load(this.cells, kMax)); }
  get min() {
    const min = Atomics.load(this.cells, kMin);
    return min === kNoMin ? kEmptyMin : Number(min);
  }

  reset() {
    this.cells.fill(0n);
    Atomics.store(this.cells, kMin, kNoMin);
  }

  // Below 2^bits each value has a cell; of every doubling after that only the upper half is new.
  cellOf(bucket) {
    const half = 2 ** (this.bits - 1);
    const doublings = Math.max(0, Math.floor(Math.log2(Math.max(bucket, 1))) + 1 - this.bits);
    return kFirstBucket + doublings * half + bucket / 2 ** doublings;
  }

  bucketOf(cell) {
    const half = 2 ** (this.bits - 1);
    const index = cell - kFirstBucket;
    const doublings = Math.max(0, Math.floor(index / half) - 1);
    return (index - doublings * half) * 2 ** doublings;
  }

  get(bucket) {
    const cell = this.cellOf(bucket);
    return cell >= kFirstBucket && cell < this.cells.length ? Number(Atomics.load(this.cells, cell)) : 0;
  }

  * entries() {
    for (let cell = kFirstBucket; cell < this.cells.length; cell++) {
      const count = this.cells[cell];
      if (count !== 0n) yield [this.bucketOf(cell), Number(count)];
    }
  }

  add(bucket, count) {
    Atomics.add(this.cells, this.cellOf(bucket), BigInt(count));
    Atomics.add(this.cells, kTotal, BigInt(count));
  }

  addExceeds(count) {
    Atomics.add(this.cells, kExceeds, BigInt(count));
  }

  widen(low, high) {
    this.replace(kMin, BigInt(low), (before, after) => after < before);
    this.replace(kMax, BigInt(high), (before, after) => after > before);
  }

  // Puts `after` into a cell while it is better than what is there.
  replace(cell, after, isBetter) {
    let before = Atomics.load(this.cells, cell);
    while (isBetter(before, after)) {
      const found = Atomics.compareExchange(this.cells, cell, before, after);
      if (found === before) return;
      before = found;
    }
  }
}

module.exports = { SharedStore };
