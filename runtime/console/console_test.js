'use strict';

// console: what is written, where, and how it is laid out. Runs under Node, too.

const assert = require('assert');
const { Console } = console;

class Sink {
  text = '';

  write(text) {
    this.text += text;
    return true;
  }

  listenerCount() { return 1; }
  once() {}
  removeListener() {}

  take() {
    const { text } = this;
    this.text = '';
    return text;
  }
}

const out = new Sink();
const err = new Sink();
const logger = new Console({ stdout: out, stderr: err });

logger.log('%s is %d', 'x', 5, { a: 1 });
assert.strictEqual(out.take(), 'x is 5 { a: 1 }\n');
logger.log();
assert.strictEqual(out.take(), '\n');
logger.warn('w');
logger.error('e');
assert.strictEqual(err.take(), 'w\ne\n');
assert.strictEqual(out.take(), '');

// Methods are bound.
const { info } = logger;
info('bound');
assert.strictEqual(out.take(), 'bound\n');

// Groups indent every line.
logger.group('outer');
logger.log('two\nlines');
logger.group();
logger.error('inner');
logger.groupEnd();
logger.groupEnd();
logger.groupEnd();
logger.log('end');
assert.strictEqual(out.take(), 'outer\n  two\n  lines\nend\n');
assert.strictEqual(err.take(), '    inner\n');

logger.assert(true, 'no');
logger.assert(false);
logger.assert(false, '%s!', 'failed', 1);
logger.assert(false, { a: 1 });
assert.strictEqual(err.take(), 'Assertion failed\nAssertion failed: failed! 1\nAssertion failed { a: 1 }\n');

logger.count();
logger.count('x');
logger.count();
logger.countReset();
logger.count();
assert.strictEqual(out.take(), 'default: 1\nx: 1\ndefault: 2\ndefault: 1\n');

logger.dir({ a: { b: {} } }, { depth: 0 });
assert.strictEqual(out.take(), '{ a: [Object] }\n');

logger.time('t');
logger.timeLog('t', 'data');
logger.timeEnd('t');
assert.match(out.take(), /^t: [\d.]+ms data\nt: [\d.]+ms\n$/);

logger.trace('here');
assert.match(err.take(), /^Trace: here\n {4}at /);

logger.table([{ a: 1, b: 'x' }, { a: 2, c: [1] }, 3]);
assert.strictEqual(out.take(), [
  '\u250c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2510',
  '\u2502 (index) \u2502 a \u2502 b   \u2502 c     \u2502 Values \u2502',
  '\u251c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2524',
  "\u2502 0       \u2502 1 \u2502 'x' \u2502       \u2502        \u2502",
  '\u2502 1       \u2502 2 \u2502     \u2502 [ 1 ] \u2502        \u2502',
  '\u2502 2       \u2502   \u2502     \u2502       \u2502 3      \u2502',
  '\u2514\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2518',
  '',
].join('\n'));
logger.table(new Map([['k', 1]]));
assert.match(out.take(), /\(iteration index\).*Key.*Values/);
logger.table('text');
assert.strictEqual(out.take(), 'text\n');

const colorful = new Console({ stdout: out, colorMode: true });
colorful.log({ a: 1 });
assert.strictEqual(out.take(), '{ a: \u001b[33m1\u001b[39m }\n');

// The global console writes to whatever process.stdout.write is.
const { write } = process.stdout;
let written = '';
process.stdout.write = (text) => {
  written += text;
  return true;
};
console.log('caught');
process.stdout.write = write;
assert.strictEqual(written, 'caught\n');

assert.ok(console instanceof Console);
assert.strictEqual(Object.prototype.toString.call(console), '[object console]');
assert.throws(() => new Console({ stdout: {} }), { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
assert.throws(() => new Console({ stdout: out, colorMode: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new Console({ stdout: out, groupIndentation: -1 }), { code: 'ERR_OUT_OF_RANGE' });
