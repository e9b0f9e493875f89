'use strict';
// How Jest runs the suites beside it (jest_test).
module.exports = {
  collectCoverage: true,
  coverageReporters: ['text', 'json-summary'],
  maxWorkers: 2,
  reporters: ['<rootDir>/plain_reporter.js'],
  testEnvironment: 'node',
};
