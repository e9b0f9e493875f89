'use strict';

// Counts of positive integers with bounded relative error: the layout of HdrHistogram (http://hdrhistogram.org):
// buckets of doubling width, each with 2^k sub-buckets, so that `figures` significant decimal digits are kept.
// Run once per realm, on the first histogram.

const kEmptyMin = 9223372036854776000;

// The smallest power of two of sub-buckets that tells 2 * 10^figures values apart.
function subBucketBits(figures) {
  return Math.ceil(Math.log2(2 * 10 ** figures));
}

// The counts of one histogram that no other thread sees.
class LocalStore {
  constructor() {
    this.reset();
  }

  reset() {
    this.counts = new Map();  // bucket's lowest value -> count
    this.total = 0;
    this.exceeds = 0;
    this.min = kEmptyMin;
    this.max = 0;
  }

  get(bucket) {
    return this.counts.get(bucket) ?? 0;
  }

  entries() {
    return this.counts;
  }

  add(bucket, count) {
    this.counts.set(bucket, this.get(bucket) + count);
    this.total += count;
  }

  addExceeds(count) {
    this.exceeds += count;
  }

  widen(low, high) {
    if (low < this.min) this.min = low;
    if (high > this.max) this.max = high;
  }
}

class Counts {
  constructor(lowest, highest, figures, smoothed, store = new LocalStore()) {
    this.lowest = lowest;
    this.highest = highest;
    this.figures = figures;
    this.smoothed = smoothed;
    this.subBucketBits = subBucketBits(figures);
    this.store = store;
  }

  static from({ lowest, highest, figures, smoothed, cells }) {
    const { SharedStore } = require('internal/perf_hooks/histogram_shared');
    return new Counts(lowest, highest, figures, smoothed && Smoothed.from(smoothed), new SharedStore(figures, cells));
  }

  /** What other Counts of these counts are made from; from here on they are in shared memory. */
  share() {
    const { SharedStore } = require('internal/perf_hooks/histogram_shared');
    const { lowest, highest, figures, smoothed } = this;
    if (!(this.store instanceof SharedStore)) {
      const { store } = this;
      this.store = SharedStore.make(figures, highest);
      this.addStore(store);
    }
    return { lowest, highest, figures, smoothed: smoothed?.share(), cells: this.store.cells };
  }

  get total() { return this.store.total; }
  get exceeds() { return this.store.exceeds; }
  get min() { return this.store.min; }
  get max() { return this.store.max; }

  entries() {
    return this.store.entries();
  }

  reset() {
    this.store.reset();
    this.smoothed?.reset();
  }

  // The lowest value that is not told apart from `value`, and the width of its bucket.
  widthAt(value) {
    const bits = value < 1 ? 1 : Math.floor(Math.log2(value)) + 1;
    return 2 ** Math.max(0, bits - this.subBucketBits);
  }

  record(value, count = 1) {
    this.smoothed?.record(value);
    if (value > this.highest) {
      this.store.addExceeds(count);
      return;
    }
    const width = this.widthAt(value);
    const bucket = Math.floor(value / width) * width;
    this.store.add(bucket, count);
    this.store.widen(bucket, bucket + width - 1);
  }

  add(other) {
    for (const [bucket, count] of [...other.entries()]) this.record(bucket, count);
    this.store.addExceeds(other.exceeds);
  }

  // As they are, without the bounds of this histogram.
  addStore(store) {
    for (const [bucket, count] of store.entries()) this.store.add(bucket, count);
    if (store.total > 0) this.store.widen(store.min, store.max);
    this.store.addExceeds(store.exceeds);
  }

  countAt(value) {
    const width = this.widthAt(value);
    return this.store.get(Math.floor(value / width) * width);
  }

  sorted() {
    return [...this.entries()].sort((a, b) => a[0] - b[0]);
  }

  // The value of a bucket as it counts in means: its middle.
  middle(bucket) {
    return bucket + Math.floor(this.widthAt(bucket) / 2);
  }

  moments() {
    if (this.total === 0) return { mean: NaN, stddev: NaN };
    let sum = 0;
    for (const [bucket, count] of this.entries()) sum += this.middle(bucket) * count;
    const mean = sum / this.total;
    let squares = 0;
    for (const [bucket, count] of this.entries()) squares += (this.middle(bucket) - mean) ** 2 * count;
    return { mean, stddev: Math.sqrt(squares / this.total) };
  }

  valueAt(percentile) {
    const wanted = Math.max(1, Math.round(percentile / 100 * this.total));
    let seen = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      if (seen >= wanted) return percentile === 0 ? bucket : bucket + this.widthAt(bucket) - 1;
    }
    return 0;
  }

  // Steps towards 100 that halve what is left, as HdrHistogram reports: 0, 50, 75, 87.5, ...
  percentiles() {
    const result = new Map();
    let seen = 0;
    let level = 0;
    let last = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      last = bucket;
      const reached = 100 * seen / this.total;
      while (level <= reached && level < 100) {
        result.set(level, bucket);
        level += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - level))) + 1);
        if (seen === this.total) break;
      }
    }
    return result.set(100, last);
  }

  // Ascending [value, count] for statistics.
  values() {
    return this.sorted().map(([bucket, count]) => [this.middle(bucket), count]);
  }

  // The value of a rank, from 1.
  valueOfRank(rank) {
    let seen = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      if (seen >= rank) return bucket + this.widthAt(bucket) - 1;
    }
    return this.max;
  }

  // Counts by buckets whose upper ends `next` makes one from the other.
  rebucket(end, next) {
    const result = new Map();
    let left = this.total;
    const sorted = this.sorted();
    for (let i = 0; left > 0; end = next(end)) {
      let count = 0;
      while (i < sorted.length && sorted[i][0] <= end) count += sorted[i++][1];
      result.set(end, count);
      left -= count;
    }
    return result;
  }

  subtract(other) {
    const left = this.sorted()
      .map(([bucket, count]) => [bucket, count - other.countAt(bucket)])
      .filter(([, count]) => count > 0);
    const { exceeds } = this;
    this.store.reset();
    this.store.addExceeds(exceeds);
    for (const [bucket, count] of left) {
      this.store.add(bucket, count);
      this.store.widen(bucket, bucket + this.widthAt(bucket) - 1);
    }
  }
}

// Exponentially weighted averages, https://nodejs.org/api/perf_hooks.html#histogramewmamean.
class Smoothed {
  #fields;  // one after another: whether there is a value, the mean, the variance, the rate of errors

  constructor(halfLife, threshold, fields = new Float64Array(4)) {
    this.halfLife = halfLife;
    this.weight = 1 - 2 ** (-1 / halfLife);
    this.threshold = threshold;
    this.#fields = fields;
  }

  static from({ halfLife, threshold, fields }) {
    return new Smoothed(halfLife, threshold, fields);
  }

  share() {
    if (this.#fields.buffer instanceof ArrayBuffer) {
      const shared = new Float64Array(new SharedArrayBuffer(this.#fields.byteLength));
      shared.set(this.#fields);
      this.#fields = shared;
    }
    return { halfLife: this.halfLife, threshold: this.threshold, fields: this.#fields };
  }

  get mean() { return this.#fields[1]; }
  get variance() { return this.#fields[2]; }
  get errorRate() { return this.#fields[3]; }

  reset() {
    this.#fields.fill(0);
  }

  record(value) {
    const fields = this.#fields;
    const { threshold, weight } = this;
    if (threshold > 0) fields[3] += weight * ((value > threshold ? 1 : 0) - fields[3]);
    if (fields[0] === 0) {
      fields[0] = 1;
      fields[1] = value;
      return;
    }
    const difference = value - fields[1];
    fields[1] += weight * difference;
    fields[2] = (1 - weight) * (fields[2] + weight * difference ** 2);
  }
}

module.exports = { Counts, Smoothed, kEmptyMin, subBucketBits };
