'use strict';
// Which tests run: --test-only, name patterns and tags. Loaded by internal/test_runner/test.

/** @param {{ namePatterns: RegExp[] | null, skipPatterns: RegExp[] | null, tagFilters: string[] }} config */
const hasFilters = (config) => config.namePatterns !== null || config.skipPatterns !== null || config.tagFilters.length > 0;

/** A pattern sees the name alone and the name behind those of all ancestors. */
function matchesAny(patterns, test) {
  const fullName = test.ancestry(' ');
  return patterns.some((pattern) => fullName.search(pattern) !== -1 || test.name.search(pattern) !== -1);
}

function passesNamePatterns(test, patterns) {
  for (let one = test; one.parent !== null; one = one.parent) {
    if (matchesAny(patterns, one)) return true;
  }
  return false;
}

/** Whether names and tags allow a test. */
function passesFilters(test, config) {
  if (config.namePatterns !== null && !passesNamePatterns(test, config.namePatterns)) return false;
  if (config.skipPatterns !== null && matchesAny(config.skipPatterns, test)) return false;
  return config.tagFilters.every((tag) => test.tags.includes(tag));
}

const holdsOnly = (test) => test.only === true || (test.isSuite && test.subtests.some(holdsOnly));

/** A test that is no suite. `onlyMode`: only those with the option `only` run. */
function isFiltered(test, config, onlyMode) {
  if (config.honorsOnly && (test.only === false || (onlyMode && test.only !== true)) && config.onlyInUse) return true;
  return !passesFilters(test, config);
}

/**
 * Decides about a suite, whose tests are all known now, and everything below it.
 * @param {boolean} onlyMode whether its siblings run for `only` alone
 */
function decideSuite(suite, config, onlyMode) {
  const hasOnly = config.honorsOnly && suite.subtests.some(holdsOnly);
  const dropped = config.honorsOnly && config.onlyInUse &&
    (suite.only === false || (onlyMode && suite.only !== true && !hasOnly));
  const childMode = hasOnly;
  let kept = false;
  for (const subtest of suite.subtests) {
    if (subtest.isSuite) decideSuite(subtest, config, childMode);
    else subtest.filtered = dropped || isFiltered(subtest, config, childMode);
    if (dropped) subtest.filtered = true;
    if (!subtest.filtered) kept = true;
  }
  suite.filtered = dropped || (!kept && !(suite.error !== null || passesFilters(suite, config)));
}

module.exports = { decideSuite, hasFilters, isFiltered, passesFilters };
