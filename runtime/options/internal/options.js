'use strict';

// The command line as C++ parsed it. Values are read when first asked for, which is never while the start-up snapshot
// is being made.

let values;

function getOptions() {
  values ??= internalBinding('options').getOptions();
  return values;
}

function getOptionValue(name) {
  const options = getOptions();
  if (name.startsWith('--no-') && !(name in options)) return !options[`--${name.slice(5)}`];
  return options[name];
}

// A worker's own options take the place of the process's.
function setOptions(newValues) {
  values = newValues;
}

module.exports = { getOptionValue, getOptions, setOptions };
