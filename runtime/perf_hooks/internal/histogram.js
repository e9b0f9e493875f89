'use strict';

// Histograms of positive integers with bounded relative error: the layout of HdrHistogram (http://hdrhistogram.org):
// buckets of doubling width, each with 2^k sub-buckets, so that `figures` significant decimal digits are kept.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

const kConstruct = Symbol('construct');
const kEmptyMin = 9223372036854776000;

class Counts {
  constructor(lowest, highest, figures) {
    this.lowest = lowest;
    this.highest = highest;
    this.figures = figures;
    // The smallest power of two of sub-buckets that tells 2 * 10^figures values apart.
    this.subBucketBits = Math.ceil(Math.log2(2 * 10 ** figures));
    this.reset();
  }

  reset() {
    this.counts = new Map();  // bucket's lowest value -> count
    this.total = 0;
    this.exceeds = 0;
    this.min = kEmptyMin;
    this.max = 0;
  }

  // The lowest value that is not told apart from `value`, and the width of its bucket.
  widthAt(value) {
    const bits = value < 1 ? 1 : Math.floor(Math.log2(value)) + 1;
    return 2 ** Math.max(0, bits - this.subBucketBits);
  }

  record(value, count = 1) {
    if (value > this.highest) {
      this.exceeds += count;
      return;
    }
    const width = this.widthAt(value);
    const bucket = Math.floor(value / width) * width;
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count);
    this.total += count;
    if (value < this.min) this.min = bucket;
    if (value > this.max) this.max = bucket + width - 1;
  }

  sorted() {
    return [...this.counts].sort((a, b) => a[0] - b[0]);
  }

  // The value of a bucket as it counts in means: its middle.
  middle(bucket) {
    return bucket + Math.floor(this.widthAt(bucket) / 2);
  }

  moments() {
    if (this.total === 0) return { mean: NaN, stddev: NaN };
    let sum = 0;
    for (const [bucket, count] of this.counts) sum += this.middle(bucket) * count;
    const mean = sum / this.total;
    let squares = 0;
    for (const [bucket, count] of this.counts) squares += (this.middle(bucket) - mean) ** 2 * count;
    return { mean, stddev: Math.sqrt(squares / this.total) };
  }

  valueAt(percentile) {
    const wanted = Math.max(1, Math.ceil(percentile / 100 * this.total - 1e-9));
    let seen = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      if (seen >= wanted) return percentile === 0 ? bucket : bucket + this.widthAt(bucket) - 1;
    }
    return 0;
  }

  // Halving steps towards 100, as HdrHistogram reports: 0, 50, 75, 87.5, ...
  percentiles() {
    const result = new Map();
    if (this.total === 0) return result.set(100, 0);
    let seen = 0;
    let level = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      const value = bucket + this.widthAt(bucket) - 1;
      while (level < 100 && level <= 100 * seen / this.total) {
        result.set(level, value);
        if (100 * seen / this.total === 100) {
          const step = 100 / 2 ** (Math.floor(Math.log2(100 / (100 - level))) + 1);
          if (level + step > 100 * (this.total - count) / this.total && level > 100 * (this.total - count) / this.total) break;
          level += step;
        } else {
          level += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - level))) + 1);
        }
      }
    }
    return result.set(100, this.max);
  }
}

class Histogram {
  #counts;

  constructor(token, counts) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#counts = counts;
  }

  static countsOf(histogram) {
    return histogram.#counts;
  }
  static isHistogram(value) {
    return typeof value === 'object' && value !== null && #counts in value;
  }

  get count() { return this.#counts.total; }
  get countBigInt() { return BigInt(this.count); }
  get min() { return this.#counts.min; }
  get minBigInt() { return this.#counts.total === 0 ? 9223372036854775807n : BigInt(this.min); }
  get max() { return this.#counts.max; }
  get maxBigInt() { return BigInt(this.max); }
  get mean() { return this.#counts.moments().mean; }
  get stddev() { return this.#counts.moments().stddev; }
  get exceeds() { return this.#counts.exceeds; }
  get exceedsBigInt() { return BigInt(this.exceeds); }
  get percentiles() { return this.#counts.percentiles(); }
  get percentilesBigInt() {
    return new Map([...this.percentiles].map(([k, v]) => [k, BigInt(v)]));
  }

  percentile(percentile) {
    validateNumber(percentile, 'percentile');
    if (percentile <= 0 || percentile > 100) throw new ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
    return this.#counts.valueAt(percentile);
  }
  percentileBigInt(percentile) {
    return BigInt(this.percentile(percentile));
  }

  reset() {
    this.#counts.reset();
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, nested)}`;
  }
}

class RecordableHistogram extends Histogram {
  #previous;

  record(value) {
    const { countsOf } = Histogram;
    if (typeof value === 'bigint') {
      if (value < 1n || value > 9223372036854775807n) {
        throw new ERR_OUT_OF_RANGE('val', '>= 1 && <= 9223372036854775807', value);
      }
      countsOf(this).record(Number(value));
      return;
    }
    validateInteger(value, 'val', 1);
    countsOf(this).record(value);
  }

  recordDelta() {
    const nowNs = process.hrtime.bigint();
    if (this.#previous !== undefined && nowNs > this.#previous) this.record(nowNs - this.#previous);
    this.#previous = nowNs;
  }

  add(other) {
    if (!Histogram.isHistogram(other)) throw new ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    const from = Histogram.countsOf(other);
    for (const [bucket, count] of from.counts) Histogram.countsOf(this).record(bucket, count);
    Histogram.countsOf(this).exceeds += from.exceeds;
  }
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  } else if (highest < 2n * BigInt(lowest)) {
    throw new ERR_OUT_OF_RANGE('options.highest', `>= ${2n * BigInt(lowest)}`, highest);
  }
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kConstruct, new Counts(Number(lowest), Number(highest), figures));
}

class ELDHistogram extends Histogram {
  #handle;
  #enabled = false;
  #resolution;

  constructor(token, resolution) {
    super(token, new Counts(1, 3.6e12, 3));
    this.#resolution = resolution;
  }

  enable() {
    if (this.#enabled) return false;
    this.#enabled = true;
    if (this.#handle === undefined) {
      const { LoopDelay } = internalBinding('performance');
      this.#handle = new LoopDelay();
      this.#handle.ondelay = (ns) => Histogram.countsOf(this).record(ns);
    }
    this.#handle.start(this.#resolution);
    return true;
  }

  disable() {
    if (!this.#enabled) return false;
    this.#enabled = false;
    this.#handle.stop();
    return true;
  }

  [Symbol.dispose]() {
    this.disable();
  }
}

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new ELDHistogram(kConstruct, resolution);
}

module.exports = { createHistogram, monitorEventLoopDelay };
