'use strict';

// Histograms of perf_hooks: what programs see of the counts in internal/perf_hooks/histogram_counts.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateArray, validateInteger, validateNumber, validateObject } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { kClone, kDeserialize } = require('internal/messaging/transferable');
const { Counts, Smoothed } = require('internal/perf_hooks/histogram_counts');

const kConstruct = Symbol('construct');
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
    return counts.countAt(value);
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
    countsOf(this).reset();
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

  /** A clone is another view of the same counts: what one records shows in the other, also in another thread. */
  [kClone]() {
    return { data: countsOf(this).share(), deserializeInfo: 'internal/perf_hooks/histogram:ClonedHistogram' };
  }

  [kDeserialize](shared) {
    this.#counts = Counts.from(shared);
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
  for (const [bucket, count] of counts.entries()) {
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
    countsOf(this).add(countsOf(recordable(other)));
  }

  [kClone]() {
    return { data: countsOf(this).share(), deserializeInfo: 'internal/perf_hooks/histogram:ClonedRecordableHistogram' };
  }
}

// Filled by [kDeserialize].
function ClonedHistogram() {
  return new Histogram(kConstruct);
}

function ClonedRecordableHistogram() {
  return new RecordableHistogram(kConstruct);
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
  const smoothed = halfLife > 0 ? new Smoothed(halfLife, threshold) : undefined;
  return new RecordableHistogram(kConstruct, new Counts(Number(lowest), Number(highest), figures, smoothed));
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

module.exports = {
  ClonedHistogram, ClonedRecordableHistogram, Histogram, RecordableHistogram, createHistogram, monitorEventLoopDelay,
};
