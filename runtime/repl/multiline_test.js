'use strict';
// Several lines as one: edited while they are typed, found in the history, mended. Runs under Node, too.

const assert = require('assert');
const readline = require('readline');
const repl = require('repl');
const { PassThrough } = require('stream');

const key = (name, modifiers) => ({ name, ...modifiers });
const enter = key('enter');
const up = key('up');
const down = key('down');
const left = key('left');
const right = key('right');
const backspace = key('backspace');

/** Types text and keys; gives what is shown, without moves of the cursor, and the server. */
function typed(...keys) {
  const output = new PassThrough();
  const server = repl.start({
    prompt: '> ', input: new PassThrough(), output, terminal: true, useColors: false, preview: false,
  });
  for (const one of keys) {
    if (typeof one === 'string') server.write(one);
    else server.write(null, one);
  }
  // eslint-disable-next-line no-control-regex
  const text = `${output.read()}`.replace(/\x1B\[[\d;]*[A-Za-z]/g, '');
  server.close();
  return { server, text, history: server.history, line: server.line, cursor: server.cursor };
}

function testTyping() {
  const { line, cursor, text } = typed('let a = [', enter, '1,', enter);
  assert.strictEqual(line, 'let a = [\n1,\n');
  assert.strictEqual(cursor, line.length);
  assert.strictEqual(text, '> let a = [\r\n| 1,\r\n| ');
  assert.strictEqual(typed('let a = [\n1]\na[0] + 1\n').text, '> let a = [\r\n| 1]\r\nundefined\n> a[0] + 1\r\n2\n> ');
  // Where the cursor is, there the line breaks; where it runs, it runs as a whole.
  assert.strictEqual(typed('let b = {', left, left, enter, 'x').line, 'let b =\nx {');
  assert.deepStrictEqual(typed('let c = [', enter, '1]', up, enter).history, ['1]\rlet c = [']);
  assert.strictEqual(typed('let d = [', enter, '1', left, backspace, '2').line, 'let d = [21');
}

function testNavigation() {
  const lines = ['let a = `000', enter, '1111111111111', enter, '22222', enter, '2222', enter, '333333333'];
  const start = (row) => [0, 13, 27, 33, 38][row];
  assert.strictEqual(typed(...lines).cursor, start(4) + 9);
  assert.strictEqual(typed(...lines, up).cursor, start(3) + 4);
  assert.strictEqual(typed(...lines, up, up).cursor, start(2) + 5);
  assert.strictEqual(typed(...lines, up, up, up).cursor, start(1) + 9);
  assert.strictEqual(typed(...lines, up, up, up, right, right, down).cursor, start(2) + 5);
  assert.strictEqual(typed(...lines, up, up, up, left, left, up).cursor, 7);
  assert.strictEqual(typed(...lines, up, up, down, down).cursor, start(4) + 9);
}

function testHistory() {
  const entry = ['let a = {', enter, 'x: 1,', enter, 'y: 2 }', enter];
  assert.deepStrictEqual(typed(...entry).history, ['y: 2 }\rx: 1,\rlet a = {']);
  const recalled = typed(...entry, up);
  assert.strictEqual(recalled.line, 'let a = {\nx: 1,\ny: 2 }');
  assert.match(recalled.text, /> let a = \{\n\| x: 1,\n\| y: 2 \}$/);
  // Through its lines to what is older, and back.
  assert.strictEqual(typed('5', enter, ...entry, up, up, up, up).line, '5');
  assert.strictEqual(typed('5', enter, ...entry, up, up, up, up, down).line, recalled.line);
  assert.strictEqual(typed('5', enter, ...entry, up, key('p', { ctrl: true })).line, '5');
  const edited = typed('var a = {', enter, 'x: 1 }', enter, up, left, left, '2', enter, 'a.x', enter);
  assert.deepStrictEqual(edited.history, ['a.x', 'x: 12 }\rvar a = {', 'x: 1 }\rvar a = {']);
  assert.match(edited.text, /\n12\n> $/);
}

function testMistakes() {
  // What was no program goes when something else is entered.
  const mended = typed('let a = `x', enter, 'y` z', enter, up, backspace, backspace, enter);
  assert.deepStrictEqual(mended.history, ['y`\rlet a = `x']);
  assert.deepStrictEqual(typed('x y', enter, '1', enter).history, ['1']);
  assert.deepStrictEqual(typed('missing', enter, '1', enter).history, ['1', 'missing']);
  assert.deepStrictEqual(typed('JSON.parse("{")', enter, '1', enter).history, ['1', 'JSON.parse("{")']);
  const interrupted = typed('let a = [', enter, '1,', key('c', { ctrl: true }), '5', enter);
  assert.deepStrictEqual(interrupted.history, ['5', 'let a = [']);
  assert.strictEqual(interrupted.text, '> let a = [\r\n| 1,\r\n> 5\r\n5\n> ');
}

function testReadline() {
  const output = new PassThrough();
  const rl = readline.createInterface({ input: new PassThrough(), output, terminal: true, history: ['third\rsecond', 'first'] });
  rl.write(null, up);
  assert.strictEqual(rl.line, 'second\nthird');
  rl.write(null, up);
  assert.strictEqual(rl.cursor, 5);
  rl.write(null, up);
  assert.strictEqual(rl.line, 'first');
  rl.write(null, down);
  assert.strictEqual(rl.line, 'second\nthird');
  rl.close();
}

testTyping();
testNavigation();
testHistory();
testMistakes();
testReadline();
