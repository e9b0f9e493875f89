'use strict';

// The command line as C++ parsed it. What was given is read when first asked for, which is never while the start-up
// snapshot is being made; the snapshot holds the values of all other options.

const { getDefaultOptions, getOptions } = internalBinding('options');

const defaults = getDefaultOptions();
let given;

function getGivenOptions() {
  given ??= Object.setPrototypeOf(getOptions(), defaults);
  return given;
}

function getOptionValue(name) {
  const options = getGivenOptions();
  if (name.startsWith('--no-') && !(name in options)) return !options[`--${name.slice(5)}`];
  return options[name];
}

// A worker's own options take the place of the process's.
function setGivenOptions(options) {
  given = Object.setPrototypeOf({ ...options }, defaults);
}

module.exports = { getGivenOptions, getOptionValue, setGivenOptions };
