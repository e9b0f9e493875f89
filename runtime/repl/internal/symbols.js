'use strict';
// Loaded by repl: marks the options of the REPL that is the program.

module.exports = { kStandalone: Symbol('kStandaloneREPL') };
