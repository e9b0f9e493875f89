'use strict';
// The default evaluation of the REPL. Loaded by repl.

const vm = require('vm');
const { Recoverable } = require('internal/repl/recoverable');
const { isRecoverable, isValidSyntax } = require('internal/repl/syntax');
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
  if (kObjectLiteral.test(code) && !kTerminated.test(code) && isValidSyntax(code)) {
    try {
      return compile(`(${code.trim()})\n`, filename, strict);
    } catch {
      // It is a block.
    }
  }
  return compile(code, filename, strict);
}

/** What begins like an object may be one, in parentheses. */
function isUnfinished(code) {
  return isRecoverable(code) || (kObjectLiteral.test(code) && isRecoverable(`(${code.trim()}`));
}

function awaiting(code) {
  if (!code.includes('await') || !require('internal/options').getOptionValue('--experimental-repl-await')) return null;
  const { processTopLevelAwait } = require('internal/repl/await');
  if (kObjectLiteral.test(code) && !kTerminated.test(code)) {
    try {
      return processTopLevelAwait(`(${code.trim()})\n`);
    } catch {
      // It is a block.
    }
  }
  return processTopLevelAwait(code);
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

/** Settles with { value } of a line that awaits, for the value may be a promise; Ctrl+C ends the wait. */
async function runAwaiting(script, server, context) {
  const { codes: { ERR_SCRIPT_EXECUTION_INTERRUPTED } } = require('internal/errors');
  const { promise: interrupted, reject } = Promise.withResolvers();
  const onInterrupt = () => {
    // What a stack would show is the key.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    reject(new ERR_SCRIPT_EXECUTION_INTERRUPTED());
    Error.stackTraceLimit = stackTraceLimit;
  };
  server.prependListener('SIGINT', onInterrupt);
  server.isAwaiting = true;
  try {
    return await Promise.race([run(script, server, context), interrupted]);
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
  let transformed;
  let script;
  try {
    transformed = awaiting(code);
    script = transformed === null ? compileLine(code, filename, strict) : compile(transformed, filename, strict);
  } catch (error) {
    callback(isUnfinished(code) ? new Recoverable(error) : withImportHint(error, code));
    return;
  }
  if (transformed !== null) {
    server.pause();
    runAwaiting(script, server, context).then(
      (result) => finish(server, () => callback(null, result?.value)), (error) => finish(server, () => callback(error)));
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
    } else if (!error) {
      // As the first argument of a callback it would be no error.
      server._domain.emit('error', error);
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
