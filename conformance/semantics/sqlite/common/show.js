'use strict';
// show(label, fn): what fn returns, or what it throws with all that a program can see of it.

function describe(error) {
  if (!(error instanceof Error)) return `throws ${String(error)}`;
  const { name, message, code, errcode, errstr } = error;
  return `throws ${[name, code, message, errcode, errstr].filter((part) => part !== undefined).join(' | ')}`;
}

function show(label, fn) {
  let result;
  try {
    result = fn();
  } catch (error) {
    console.log(`${label}: ${describe(error)}`);
    return;
  }
  console.log(`${label}:`, result);
}

module.exports = { describe, show };
