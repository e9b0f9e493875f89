'use strict';
// The REPL as a program: `gyre` on a terminal, or -i. Loaded by internal/modules/run_main.

const REPL = require('repl');
const { kStandalone } = require('internal/repl/symbols');
const { exitCodes: { kInvalidArgument } } = internalBinding('process');

const kHistorySize = 1000;

function modeOf(name) {
  return String(name).toLowerCase() === 'strict' ? REPL.REPL_MODE_STRICT : REPL.REPL_MODE_SLOPPY;
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {object | ((error: Error | null, server: any) => void)} [options]
 * @param {(error: Error | null, server: any) => void} [callback]
 */
function createRepl(env, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const given = { __proto__: null, [kStandalone]: true, ignoreUndefined: false, useGlobal: true, breakEvalOnSigint: true, ...options };
  if (Number.parseInt(env.NODE_NO_READLINE, 10)) given.terminal = false;
  if (env.NODE_REPL_MODE) given.replMode = modeOf(env.NODE_REPL_MODE.trim());
  const size = Number(env.NODE_REPL_HISTORY_SIZE);
  given.size = !Number.isNaN(size) && size > 0 ? size : kHistorySize;
  const server = REPL.start(given);
  // Of a terminal only: a pipe has no use for what was typed before.
  if (given.terminal === false || !server.terminal) {
    callback(null, server);
    return;
  }
  server.setupHistory({ __proto__: null, filePath: given.filePath ?? env.NODE_REPL_HISTORY, size: given.size }, callback);
}

function startStandalone() {
  if (require('internal/options').getOptionValue('--input-type')) {
    process.stderr.write('Cannot specify --input-type for REPL\n');
    process.exit(kInvalidArgument);
  }
  process.stdout.write(`Welcome to Node.js ${process.version}.\nType ".help" for more information.\n`);
  createRepl(process.env, {}, (error, server) => {
    if (error) throw error;
    server.on('exit', () => process.exit());
  });
}

module.exports = { __proto__: REPL, createInternalRepl: createRepl, startStandalone };
