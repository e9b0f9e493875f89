'use strict';

// Histograms of positive integers with bounded relative error: the layout of HdrHistogram (http://hdrhistogram.org):
// buckets of doubling width, each with 2^k sub-buckets, so that `figures` significant decimal digits are kept.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateArray, validateInteger, validateNumber, validateObject } = require('internal/validators');
const { inspect } = require('internal/util/inspect');

const kConstruct = Symbol('construct');
const kEmptyMin = 9223372036854776000;

class Counts {
  constructor(lowest, highest, figures) {
    this.lowest = lowest;
    this.highest = highest;
    this.figures = figures;
    // The smallest power of two of sub-buckets that tells 2 * 10^figures values apart.
    this.smoothed = undefined;
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
    this.smoothed?.record(value);
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

  // Steps towards 100 that halve what is left, as HdrHistogram reports: 0, 50, 75, 87.5, ...
  percentiles() {
    const result = new Map();
    let seen = 0;
    let level = 0;
    for (const [bucket, count] of this.sorted()) {
      seen += count;
      const reached = 100 * seen / this.total;
      const value = bucket + this.widthAt(bucket) - 1;
      while (level <= reached && level < 100) {
        result.set(level, value);
        level += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - level))) + 1);
        if (seen === this.total) break;
      }
    }
    return result.set(100, this.max);
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
    for (const [bucket, count] of [...other.counts]) {
      const left = (this.counts.get(bucket) ?? 0) - count;
      if (left > 0) this.counts.set(bucket, left);
      else this.counts.delete(bucket);
    }
    const sorted = this.sorted();
    this.total = sorted.reduce((sum, [, count]) => sum + count, 0);
    this.min = sorted.length === 0 ? kEmptyMin : sorted[0][0];
    this.max = sorted.length === 0 ? 0 : sorted.at(-1)[0] + this.widthAt(sorted.at(-1)[0]) - 1;
  }
}

// Exponentially weighted averages, https://nodejs.org/api/perf_hooks.html#histogramewmamean.
class Smoothed {
  constructor(halfLife, threshold) {
    this.weight = 1 - 2 ** (-1 / halfLife);
    this.threshold = threshold;
    this.reset();
  }

  reset() {
    this.isEmpty = true;
    this.mean = 0;
    this.variance = 0;
    this.errorRate = 0;
  }

  record(value) {
    if (this.threshold > 0) this.errorRate += this.weight * ((value > this.threshold ? 1 : 0) - this.errorRate);
    if (this.isEmpty) {
      this.isEmpty = false;
      this.mean = value;
      return;
    }
    const difference = value - this.mean;
    this.mean += this.weight * difference;
    this.variance = (1 - this.weight) * (this.variance + this.weight * difference ** 2);
  }
}

const statistics = () => require('internal/perf_hooks/histogram_statistics');

function validateBetween(value, name, low, high, range) {
  validateNumber(value, name);
  if (!(value > low && value < high)) throw new ERR_OUT_OF_RANGE(name, range, value);
}

function validatePercentile(value, name) {
  validateNumber(value, name);
  if (!(value > 0 && value <= 100)) throw new ERR_OUT_OF_RANGE(name, '> 0 && <= 100', value);
}

class Histogram {
  #counts;

  constructor(token, counts) {
    if (token !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#counts = counts;
  }

  static countsOf(histogram) {
    if (!Histogram.isHistogram(histogram)) throw new ERR_INVALID_THIS('Histogram');
    return histogram.#counts;
  }
  static isHistogram(value) {
    return typeof value === 'object' && value !== null && #counts in value;
  }

  get count() { return countsOf(this).total; }
  get countBigInt() { return BigInt(this.count); }
  ccdf(value) { return 1 - Reflect.apply(cdf, this, [value]); }
  cdf(value) { return Reflect.apply(cdf, this, [value]); }
  countAt(value) {
    const counts = countsOf(this);
    validateNumber(value, 'value');
    const width = counts.widthAt(value);
    return counts.counts.get(Math.floor(value / width) * width) ?? 0;
  }
  get min() { return countsOf(this).min; }
  get minBigInt() { return countsOf(this).total === 0 ? 9223372036854775807n : BigInt(this.min); }
  get max() { return countsOf(this).max; }
  get maxBigInt() { return BigInt(this.max); }
  get mean() { return countsOf(this).moments().mean; }
  get exceeds() { return countsOf(this).exceeds; }
  get exceedsBigInt() { return BigInt(this.exceeds); }
  get ewmaMean() { return countsOf(this).smoothed?.mean ?? 0; }
  get ewmaStddev() { return Math.sqrt(countsOf(this).smoothed?.variance ?? 0); }
  get ewmaErrorRate() { return countsOf(this).smoothed?.errorRate ?? 0; }
  burnRate(sloTarget) {
    const { smoothed } = countsOf(this);
    validateBetween(sloTarget, 'sloTarget', 0, 1, '> 0 && < 1');
    return (smoothed?.errorRate ?? 0) / (1 - sloTarget);
  }
  ksTest(other) { return statistics().ksTest(...valuesOf(this, other)); }
  welchTest(other, options = {}) {
    const values = valuesOf(this, other);
    return statistics().welchTest(...values, confidenceOf(options));
  }
  mannWhitneyTest(other) { return statistics().mannWhitneyTest(...valuesOf(this, other)); }
  cohensD(other) { return statistics().cohensD(...valuesOf(this, other)); }
  cliffsD(other) { return statistics().cliffsD(...valuesOf(this, other)); }
  get kurtosis() { return statistics().kurtosis(countsOf(this).values()); }
  linearBuckets(stepSize) {
    const counts = countsOf(this);
    validateInteger(stepSize, 'stepSize', 1);
    return counts.rebucket(stepSize, (end) => end + stepSize);
  }
  logBuckets(firstBucket, base) {
    const counts = countsOf(this);
    validateInteger(firstBucket, 'firstBucket', 1);
    validateBetween(base, 'base', 1, Infinity, '> 1');
    return counts.rebucket(firstBucket, (end) => end * base);
  }
  get skewness() { return statistics().skewness(countsOf(this).values()); }
  get stddev() { return countsOf(this).moments().stddev; }
  percentile(percentile) {
    validatePercentile(percentile, 'percentile');
    return countsOf(this).valueAt(percentile);
  }
  percentileBigInt(percentile) { return BigInt(this.percentile(percentile)); }
  percentileCI(percentile, options = {}) {
    const value = this.percentile(percentile);
    const confidence = confidenceOf(options);
    const counts = countsOf(this);
    if (counts.total < 2) return { __proto__: null, value, lower: value, upper: value };
    const [lower, upper] = statistics().percentileRanks(counts.total, percentile, confidence);
    return { __proto__: null, value, lower: counts.valueOfRank(lower), upper: counts.valueOfRank(upper) };
  }
  get percentiles() { return countsOf(this).percentiles(); }
  get percentilesBigInt() { return new Map([...this.percentiles].map(([k, v]) => [k, BigInt(v)])); }
  percentilesAt(percentiles) {
    const counts = countsOf(this);
    validateArray(percentiles, 'percentiles');
    percentiles.forEach((percentile, i) => validatePercentile(percentile, `percentiles[${i}]`));
    return new Map([...percentiles].sort((a, b) => a - b).map((percentile) => [percentile, counts.valueAt(percentile)]));
  }
  reset() {
    const counts = countsOf(this);
    counts.reset();
    counts.smoothed?.reset();
  }

  toJSON() {
    const {
      count, min, max, mean, exceeds, stddev, skewness, kurtosis, ewmaMean, ewmaStddev, ewmaErrorRate, percentiles,
    } = this;
    return {
      count, min, max, mean, exceeds, stddev, skewness, kurtosis, ewmaMean, ewmaStddev, ewmaErrorRate,
      percentiles: Object.fromEntries(percentiles),
    };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return options.stylize(`[${this.constructor.name}]`, 'special');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { min, max, mean, exceeds, stddev, skewness, kurtosis, count, percentiles } = this;
    const fields = { min, max, mean, exceeds, stddev, skewness, kurtosis, ...ewmaOf(this), count, percentiles };
    return `Histogram ${inspect(fields, nested)}`;
  }
}

const { countsOf } = Histogram;

function cdf(value) {
  const counts = countsOf(this);
  validateNumber(value, 'value');
  if (counts.total === 0) return 0;
  let seen = 0;
  for (const [bucket, count] of counts.counts) {
    if (bucket <= value) seen += count;
  }
  return seen / counts.total;
}

function ewmaOf(histogram) {
  if (countsOf(histogram).smoothed === undefined) return {};
  const { ewmaMean, ewmaStddev, ewmaErrorRate } = histogram;
  return { ewmaMean, ewmaStddev, ewmaErrorRate };
}

function valuesOf(histogram, other) {
  const counts = countsOf(histogram);
  if (!Histogram.isHistogram(other)) throw new ERR_INVALID_ARG_TYPE('other', 'Histogram', other);
  return [counts.values(), countsOf(other).values()];
}

function confidenceOf(options) {
  validateObject(options, 'options');
  const { confidence = 0.95 } = options;
  validateBetween(confidence, 'options.confidence', 0, 1, '> 0 && < 1');
  return confidence;
}

class RecordableHistogram extends Histogram {
  #previous;

  record(value) {
    if (typeof value === 'bigint') {
      if (value < 1n || value > 9223372036854775807n) {
        throw Object.assign(new RangeError('value is out of range'), { code: 'ERR_OUT_OF_RANGE' });
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

  /** What a stall kept from being recorded is filled in at the expected interval. */
  recordCorrected(value, expectedInterval) {
    if (typeof value === 'bigint') {
      if (typeof expectedInterval !== 'bigint') throw new ERR_INVALID_ARG_TYPE('expectedInterval', 'bigint', expectedInterval);
      value = Number(value);
      expectedInterval = Number(expectedInterval);
    }
    validateInteger(value, 'val', 1);
    validateInteger(expectedInterval, 'expectedInterval', 1);
    for (let missing = value; missing >= expectedInterval || missing === value; missing -= expectedInterval) {
      this.record(missing);
      if (missing - expectedInterval < expectedInterval) break;
    }
  }

  subtract(other) {
    countsOf(this).subtract(countsOf(recordable(other)));
  }

  add(other) {
    const from = countsOf(recordable(other));
    for (const [bucket, count] of from.counts) countsOf(this).record(bucket, count);
    countsOf(this).exceeds += from.exceeds;
  }
}

function recordable(other) {
  if (!Histogram.isHistogram(other)) throw new ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
  return other;
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
  const { halfLife = 0, threshold = 0 } = options;
  validateNumber(halfLife, 'options.halfLife', 0);
  validateNumber(threshold, 'options.threshold', 0);
  const counts = new Counts(Number(lowest), Number(highest), figures);
  if (halfLife > 0) counts.smoothed = new Smoothed(halfLife, threshold);
  return new RecordableHistogram(kConstruct, counts);
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
      this.#handle.ondelay = (ns) => countsOf(this).record(ns);
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

module.exports = { Histogram, RecordableHistogram, createHistogram, monitorEventLoopDelay };
