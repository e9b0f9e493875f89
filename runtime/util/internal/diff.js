'use strict';

// Run on first use of util.diff() and of assert's messages; compares sequences with Myers' algorithm: the shortest list
// of insertions and deletions that makes one out of the other.

const { codes } = require('internal/errors');

const kDelete = -1;
const kKeep = 0;
const kInsert = 1;

/** The furthest points reached with 0, 1, 2 ... edits, up to the end of both sequences. */
function trace(actual, expected, equals) {
  const max = actual.length + expected.length;
  const furthest = new Int32Array(2 * max + 3);
  const steps = [];
  for (let edits = 0; edits <= max; edits++) {
    steps.push(furthest.slice());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const i = diagonal + max + 1;
      const down = diagonal === -edits ||
        (diagonal !== edits && furthest[i - 1] < furthest[i + 1]);
      let x = down ? furthest[i + 1] : furthest[i - 1] + 1;
      let y = x - diagonal;
      while (x < actual.length && y < expected.length && equals(actual[x], expected[y])) {
        x++;
        y++;
      }
      furthest[i] = x;
      if (x >= actual.length && y >= expected.length) return steps;
    }
  }
  return steps;
}

function sameValue(a, b) {
  return a === b;
}

/**
 * @template T
 * @param {ArrayLike<T>} actual
 * @param {ArrayLike<T>} expected
 * @param {(a: T, b: T) => boolean} [equals]
 * @returns {[number, T][]} -1 for what only `expected` has, 1 for what only `actual` has, 0 for both; last one first
 */
function myersDiff(actual, expected, equals = sameValue) {
  const steps = trace(actual, expected, equals);
  const offset = actual.length + expected.length + 1;
  const result = [];
  let x = actual.length;
  let y = expected.length;
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const furthest = steps[edits];
    const diagonal = x - y;
    const i = diagonal + offset;
    const down = diagonal === -edits ||
      (diagonal !== edits && furthest[i - 1] < furthest[i + 1]);
    const previousDiagonal = down ? diagonal + 1 : diagonal - 1;
    const previousX = furthest[previousDiagonal + offset];
    const previousY = previousX - previousDiagonal;
    while (x > previousX && y > previousY && x > 0 && y > 0) {
      x--;
      y--;
      result.push([kKeep, actual[x]]);
    }
    if (edits === 0) break;
    if (down) result.push([kDelete, expected[--y]]);
    else result.push([kInsert, actual[--x]]);
  }
  return result;
}

function toUnits(value, name) {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'string', value);
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE(`${name}[${i}]`, 'string', value[i]);
    }
  }
  return value;
}

/** util.diff(): the edits in order, nothing for equal sequences. */
function diff(actual, expected) {
  if (actual === expected) return [];
  return myersDiff(toUnits(actual, 'actual'), toUnits(expected, 'expected')).reverse();
}

module.exports = { diff, kDelete, kInsert, kKeep, myersDiff };
