'use strict';
// The default evaluation of the REPL. Loaded by repl.

const vm = require('vm');
const { Recoverable } = require('internal/repl/recoverable');
const { isRecoverable } = require('internal/repl/syntax');
const { defaultHostSymbol } = internalBinding('contextify');

const kObjectLiteral = /^\s*\{/;
const kImportMessage = 'Cannot use import statement outside a module';
const kTerminated = /;\s*$/;

let lastId = 0;

/** A name for the next line: REPL1, REPL2, ... */
const nextResourceName = () => `REPL${++lastId}`;

function compile(code, filename, strict) {
  const source = strict ? `'use strict'; void 0; ${code}` : code;
  return new vm.Script(source, {
    __proto__: null, filename, displayErrors: false, importModuleDynamically: defaultHostSymbol,
  });
}

/** `{ a: 1 }` is meant as an object, where it can be one. */
function compileLine(code, filename, strict) {
  if (kObjectLiteral.test(code) && !kTerminated.test(code)) {
    try {
      return compile(`(${code.trim()})\n`, filename, strict);
    } catch {
      // It is a block.
    }
  }
  return compile(code, filename, strict);
}

function awaiting(code) {
  if (!code.includes('await') || !require('internal/options').getOptionValue('--experimental-repl-await')) return null;
  return require('internal/repl/await').processTopLevelAwait(code);
}

/** Says how an import is written here. */
function withImportHint(error, code) {
  if (error?.message !== kImportMessage) return error;
  const hint = require('internal/repl/syntax').dynamicImport(code);
  if (hint === undefined) return error;
  const message = `Cannot use import statement inside the Node.js REPL, alternatively use dynamic import: ${hint}`;
  error.stack = error.stack.replace(error.message, () => message);
  error.message = message;
  return error;
}

function run(script, server, context) {
  const options = { __proto__: null, displayErrors: false, breakOnSigint: server.breakEvalOnSigint };
  return server.useGlobal ? script.runInThisContext(options) : script.runInContext(context, options);
}

/** Settles with the value of a line that awaits; Ctrl+C ends the wait. */
async function runAwaiting(script, server, context) {
  const { codes: { ERR_SCRIPT_EXECUTION_INTERRUPTED } } = require('internal/errors');
  const { promise: interrupted, reject } = Promise.withResolvers();
  const onInterrupt = () => reject(new ERR_SCRIPT_EXECUTION_INTERRUPTED());
  server.prependListener('SIGINT', onInterrupt);
  server.isAwaiting = true;
  try {
    const result = await Promise.race([run(script, server, context), interrupted]);
    return result?.value;
  } finally {
    server.isAwaiting = false;
    server.off('SIGINT', onInterrupt);
  }
}

/** What a server does with a line when it was given nothing else. */
function defaultEval(server, code, context, filename, callback) {
  if (code === '\n') {
    callback(null);
    return;
  }
  const strict = server.replMode === server.constructor.strictMode;
  const transformed = awaiting(code);
  let script;
  try {
    script = transformed === null ? compileLine(code, filename, strict) : compile(transformed, filename, strict);
  } catch (error) {
    callback(isRecoverable(code) ? new Recoverable(error) : withImportHint(error, code));
    return;
  }
  if (transformed !== null) {
    server.pause();
    runAwaiting(script, server, context).then(
      (value) => finish(server, () => callback(null, value)), (error) => finish(server, () => callback(error)));
    return;
  }
  let value;
  try {
    value = run(script, server, context);
  } catch (error) {
    // A domain that the line entered has the error.
    const { domain } = process;
    if (domain && domain !== server._domain) {
      domain.emit('error', error);
      domain.exit();
    } else {
      callback(error);
    }
    return;
  }
  callback(null, value);
}

function finish(server, done) {
  if (server.closed) return;
  server.resume();
  done();
}

module.exports = { defaultEval, nextResourceName };
