'use strict';
// mock.module(). Loaded when a test calls it.

const { codes } = require('internal/errors');

function mockModule() {
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('mock.module()');
}

module.exports = { mockModule };
