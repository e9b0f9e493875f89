'use strict';
// Properties of a REPL that only its own files know. Loaded by repl.

module.exports = {
  // The texts that were run.
  kEvaluated: Symbol('kEvaluated'),
  // While .load types.
  kIsLoading: Symbol('kIsLoading'),
  // Of the options: this REPL is the program.
  kStandalone: Symbol('kStandaloneREPL'),
};
