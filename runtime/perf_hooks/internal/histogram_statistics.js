'use strict';

// What a histogram says of the distribution it was recorded from, alone and against another one. Every function takes
// the lists of [value, count], ascending, that Counts.values() in histogram.js makes. Loaded with the first question.

function totalOf(values) {
  let total = 0;
  for (const [, count] of values) total += count;
  return total;
}

function meanOf(values, total) {
  let sum = 0;
  for (const [value, count] of values) sum += value * count;
  return sum / total;
}

/** The sum of (value - mean)^power. */
function centralSum(values, mean, power) {
  let sum = 0;
  for (const [value, count] of values) sum += (value - mean) ** power * count;
  return sum;
}

function skewness(values) {
  const total = totalOf(values);
  if (total < 3) return 0;
  const mean = meanOf(values, total);
  const variance = centralSum(values, mean, 2) / total;
  const deviation = Math.sqrt(variance);
  return variance === 0 ? 0 : centralSum(values, mean, 3) / total / (deviation * deviation * deviation);
}

function kurtosis(values) {
  const total = totalOf(values);
  if (total < 4) return 0;
  const mean = meanOf(values, total);
  const variance = centralSum(values, mean, 2) / total;
  return variance === 0 ? 0 : centralSum(values, mean, 4) / total / variance ** 2 - 3;
}

function sampleOf(values) {
  const total = totalOf(values);
  const mean = meanOf(values, total);
  return { total, mean, variance: centralSum(values, mean, 2) / (total - 1) };
}

// --- Distributions --------------------------------------------------------------------------------------------------

/** log(gamma(x)), by Lanczos' approximation. */
function logGamma(x) {
  const coefficients = [
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
  ];
  let sum = 1.000000000190015;
  coefficients.forEach((coefficient, i) => { sum += coefficient / (x + i + 1); });
  const t = x + 5.5;
  return (x + 0.5) * Math.log(t) - t + Math.log(2.5066282746310005 * sum / x);
}

/** The continued fraction of the incomplete beta function, by Lentz' method. */
function betaFraction(a, b, x) {
  const tiny = 1e-300;
  const apart = (value) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / apart(1 - (a + b) * x / (a + 1));
  let result = d;
  for (let m = 1; m <= 300; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / apart(1 + even * d);
    c = apart(1 + even / c);
    result *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / apart(1 + odd * d);
    c = apart(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

/** The regularized incomplete beta function. */
function incompleteBeta(a, b, x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

/** The probability of a value farther from zero than t, in Student's distribution. */
function studentTails(t, degrees) {
  return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

/** The t whose tails have a probability. */
function studentQuantile(tails, degrees) {
  let low = 0;
  let high = 1;
  while (studentTails(high, degrees) > tails && high < 1e10) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, degrees) > tails) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of a value farther from zero than z, in the normal distribution. */
function normalTails(z) {
  // The complementary error function, as the incomplete gamma function's continued fraction or series.
  const x = Math.abs(z) / Math.SQRT2;
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-17 * sum; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 1 - 2 / Math.sqrt(Math.PI) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** The least k that a binomial variable does not exceed with at least `probability`. */
function binomialQuantile(probability, n, p) {
  if (p >= 1) return n;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    const log = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log(1 - p);
    sum += Math.exp(log);
    if (sum >= probability - 1e-12) return k;
  }
  return n;
}

// --- Comparisons ----------------------------------------------------------------------------------------------------

/** The largest distance of two distribution functions (Kolmogorov-Smirnov). */
function ksTest(a, b) {
  const totalA = totalOf(a);
  const totalB = totalOf(b);
  if (totalA === 0 || totalB === 0) return 0;
  let [i, j, seenA, seenB, distance] = [0, 0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i][0], b[j][0]);
    if (a[i][0] === value) seenA += a[i++][1];
    if (b[j][0] === value) seenB += b[j++][1];
    distance = Math.max(distance, Math.abs(seenA / totalA - seenB / totalB));
  }
  return distance;
}

/** [pairs in which the first is larger, pairs that are equal] */
function comparePairs(a, b) {
  let [larger, equal, below, j] = [0, 0, 0, 0];
  for (const [value, count] of a) {
    while (j < b.length && b[j][0] < value) below += b[j++][1];
    larger += count * below;
    if (j < b.length && b[j][0] === value) equal += count * b[j][1];
  }
  return [larger, equal];
}

function cliffsD(a, b) {
  const pairs = totalOf(a) * totalOf(b);
  if (pairs === 0) return 0;
  const [larger, equal] = comparePairs(a, b);
  return (2 * larger + equal - pairs) / pairs;
}

function cohensD(a, b) {
  const one = sampleOf(a);
  const two = sampleOf(b);
  if (one.total < 2 || two.total < 2) return 0;
  const pooled = ((one.total - 1) * one.variance + (two.total - 1) * two.variance) / (one.total + two.total - 2);
  return pooled === 0 ? 0 : (one.mean - two.mean) / Math.sqrt(pooled);
}

function welchTest(a, b, confidence) {
  const one = sampleOf(a);
  const two = sampleOf(b);
  const interval = (lower, upper) => ({ __proto__: null, lower, upper });
  const none = { __proto__: null, tStatistic: 0, degreesOfFreedom: 0, pValue: 1, confidenceInterval: interval(0, 0) };
  if (one.total < 2 || two.total < 2) return none;
  const shareA = one.variance / one.total;
  const shareB = two.variance / two.total;
  const error = Math.sqrt(shareA + shareB);
  const difference = one.mean - two.mean;
  if (error === 0) {
    if (difference === 0) return none;
    return { __proto__: null, ...none, tStatistic: difference * Infinity, pValue: 0, confidenceInterval: interval(difference, difference) };
  }
  const tStatistic = difference / error;
  const degreesOfFreedom = (shareA + shareB) ** 2 /
    (shareA ** 2 / (one.total - 1) + shareB ** 2 / (two.total - 1));
  const margin = studentQuantile(1 - confidence, degreesOfFreedom) * error;
  return {
    __proto__: null,
    tStatistic,
    degreesOfFreedom,
    pValue: studentTails(tStatistic, degreesOfFreedom),
    confidenceInterval: interval(difference - margin, difference + margin),
  };
}

/** The sum of t^3 - t over values that occur t times in both together. */
function tieSum(a, b) {
  const counts = new Map(a);
  for (const [value, count] of b) counts.set(value, (counts.get(value) ?? 0) + count);
  let sum = 0;
  for (const count of counts.values()) sum += count ** 3 - count;
  return sum;
}

function mannWhitneyTest(a, b) {
  const totalA = totalOf(a);
  const totalB = totalOf(b);
  if (totalA === 0 || totalB === 0) return { __proto__: null, uStatistic: 0, zScore: 0, pValue: 1 };
  const [larger, equal] = comparePairs(a, b);
  const uStatistic = larger + equal / 2;
  const all = totalA + totalB;
  const variance = totalA * totalB / 12 * (all + 1 - tieSum(a, b) / (all * (all - 1)));
  if (!(variance > 0)) return { __proto__: null, uStatistic, zScore: 0, pValue: 1 };
  const zScore = (uStatistic - totalA * totalB / 2) / Math.sqrt(variance);
  return { __proto__: null, uStatistic, zScore, pValue: normalTails(zScore) };
}

/** Ranks between which a percentile lies with a confidence: [lower, upper], from 1. */
function percentileRanks(total, percentile, confidence) {
  const p = percentile / 100;
  const lower = Math.max(1, binomialQuantile((1 - confidence) / 2, total, p));
  const upper = Math.min(total, binomialQuantile((1 + confidence) / 2, total, p) + 1);
  return [lower, upper];
}

module.exports = { cliffsD, cohensD, ksTest, kurtosis, mannWhitneyTest, percentileRanks, skewness, totalOf, welchTest };
