'use strict';

// Run with internal/util/inspect; groups the digits of numbers: 1_000_000.

/** @param {string} integer decimal, perhaps with a sign */
function addSeparators(integer) {
  const first = integer.startsWith('-') ? 1 : 0;
  let result = '';
  let end = integer.length;
  for (; end > first + 3; end -= 3) result = `_${integer.slice(end - 3, end)}${result}`;
  return `${integer.slice(0, end)}${result}`;
}

/** @param {string} digits what follows the decimal point */
function addSeparatorsAfterPoint(digits) {
  let result = digits.slice(0, 3);
  for (let start = 3; start < digits.length; start += 3) {
    result += `_${digits.slice(start, start + 3)}`;
  }
  return result;
}

module.exports = { addSeparators, addSeparatorsAfterPoint };
