'use strict';
// The REPL over streams: evaluation, unfinished input, errors, commands, await. Runs under Node, too.

const assert = require('assert');
const { PassThrough } = require('stream');
const repl = require('repl');

/** What a REPL prints for lines of input, each typed when it asks for one. */
async function session(lines, { prepare, ...options } = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const pending = [...lines];
  let text = '';
  const server = repl.start({ prompt: '> ', input, output, terminal: false, ...options });
  prepare?.(server);
  const closed = new Promise((resolve) => { server.once('exit', resolve); });
  output.on('data', (chunk) => {
    text += chunk;
    if (!/(?:^|\n|> |\| )[>|] $/.test(text)) return;
    if (pending.length > 0) setImmediate((line) => input.write(`${line}\n`), pending.shift());
    else setImmediate(() => input.end());
  });
  await closed;
  return text;
}

/** What a terminal shows while keys are typed, without moves of the cursor. */
function typed(keys) {
  const input = new PassThrough();
  const output = new PassThrough();
  const server = repl.start({ prompt: '> ', input, output, terminal: true, useColors: false });
  server.context.answer = 42;
  server.context.changes = () => { server.context.answer = 0; };
  for (const key of keys) server.write(key);
  const text = `${output.read()}`;
  assert.strictEqual(server.context.answer, 42);
  server.close();
  // eslint-disable-next-line no-control-regex
  return text.replace(/\x1B\[[\d;]*[A-Za-z]/g, '');
}

(async () => {
  // Previews: of results, of completions, of nothing that would change something.
  assert.match(typed('answer - 2'), /\n\/\/ 40$/);
  assert.match(typed('answ'), /w \/\/ er\n\/\/ 42$/);
  assert.doesNotMatch(typed('changes()'), /undefined|0/);
  assert.doesNotMatch(typed('missing + 1'), /Error/);
  assert.strictEqual(await session(['1 + 1', '{ a: 1 }', 'let x = 3', 'x * 2']), '> 2\n> { a: 1 }\n> undefined\n> 6\n> ');
  assert.strictEqual(await session(['function f() {', 'return `a', 'b`; }', 'f()']), "> | | undefined\n> 'a\\nb'\n> ");
  assert.strictEqual(await session(['throw 3', 'missing', '_error.name']),
                     "> Uncaught 3\n> Uncaught ReferenceError: missing is not defined\n> 'ReferenceError'\n> ");
  assert.strictEqual(await session(['1 2']), '> 1 2\n  ^\n\nUncaught SyntaxError: Unexpected number\n> ');
  assert.strictEqual(await session(['await 5', 'const y = await 6, z = 7;', 'y + z', 'await Promise.reject(8)']),
                     '> 5\n> undefined\n> 13\n> Uncaught 8\n> ');
  assert.strictEqual(await session(['_', '5', '_ + 1', '_ = 2', '9', '_']),
                     '> undefined\n> 5\n> 6\n> Expression assignment to _ now disabled.\n2\n> 9\n> 2\n> ');
  assert.strictEqual(await session(['(', '.break', '.nothing', 'path.basename("/a/b")']),
                     "> | > Invalid REPL keyword\n> 'b'\n> ");
  assert.strictEqual(await session(['say!', 'value'], {
    eval: (code, context, file, callback) => callback(null, `${context.value ?? ''}${code.trim()}`), writer: String,
  }), '> say!\n> value\n> ');
  assert.strictEqual(await session(['.hello you'], {
    prepare: (server) => server.defineCommand('hello', function(name) {
      this.output.write(`hello ${name}\n`);
      this.displayPrompt();
    }),
  }), '> hello you\n> ');
  assert.strictEqual(await session(['undefined', 'value'], {
    ignoreUndefined: true, prepare: (server) => { server.context.value = 1; },
  }), '> > 1\n> ');
  assert.throws(() => repl.start({ breakEvalOnSigint: true, eval() {} }), { code: 'ERR_INVALID_REPL_EVAL_CONFIG' });
})();
