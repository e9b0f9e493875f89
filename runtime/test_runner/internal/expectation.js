'use strict';
// The option expectFailure: whether, why and how a test is to fail. Loaded by internal/test_runner/test.

const { codes } = require('internal/errors');
const { isRegExp, isNativeError } = require('internal/util/types');
const { failureTypes, testFailure } = require('internal/test_runner/utils');

class ExpectedFailure {
  met = false;

  constructor(label, match) {
    this.label = label;
    this.match = match;
  }

  /** The failure to report when `failure` is not the one that was expected. */
  mismatch(failure) {
    if (this.match === undefined) return undefined;
    const { throws } = require('assert');
    try {
      throws(() => { throw failure.cause ?? failure; }, this.match);
    } catch (error) {
      return testFailure(error, failureTypes.testCode);
    }
    return undefined;
  }
}

function fromObject(value) {
  const keys = Object.keys(value);
  if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('options.expectFailure', value, 'must not be an empty object');
  const isWrapper = keys.every((key) => key === 'label' || key === 'match');
  return isWrapper ? new ExpectedFailure(value.label, value.match) : new ExpectedFailure(undefined, value);
}

/** The expectation of a test, or that of its parent. */
function expectation(value, inherited) {
  if (value === undefined) {
    return inherited == null ? null : new ExpectedFailure(inherited.label, inherited.match);
  }
  if (value === false || value === null) return null;
  if (typeof value === 'string') return new ExpectedFailure(value);
  if (typeof value === 'function' || isRegExp(value) || isNativeError(value)) return new ExpectedFailure(undefined, value);
  if (typeof value === 'object') return fromObject(value);
  return new ExpectedFailure();
}

module.exports = { expectation };
