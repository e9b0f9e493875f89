'use strict';

// Lines however they arrive, questions, keys and editing.

const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

async function linesOf(chunks, options) {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, ...options });
  const iterator = rl[Symbol.asyncIterator]();
  for (const chunk of chunks) input.write(chunk);
  input.end();
  const lines = [];
  for await (const line of iterator) lines.push(line);
  return lines;
}

function terminal(options) {
  const input = new PassThrough();
  const output = new PassThrough();
  const rl = readline.createInterface({ input, output, terminal: true, prompt: '', ...options });
  const type = (name, modifiers) => rl.write(null, { name, ...modifiers });
  return { rl, input, output, type };
}

(async () => {
  assert.deepStrictEqual(await linesOf(['a\nb\r\nc\rd\u2028e']), ['a', 'b', 'c', 'd', 'e']);
  assert.deepStrictEqual(await linesOf(['a\r', '\nb'], { crlfDelay: Infinity }), ['a', 'b']);
  assert.deepStrictEqual(await linesOf([]), []);
  const euro = Buffer.from('\u20ac\n');
  assert.deepStrictEqual(await linesOf([euro.subarray(0, 1), euro.subarray(1)]), ['\u20ac']);
  const many = Array.from({ length: 5000 }, (_, i) => `line ${i}`);
  assert.deepStrictEqual(await linesOf([many.join('\n')]), many);

  {
    const { rl, type } = terminal();
    rl.write('one two three');
    type('left', { ctrl: true });
    type('w', { ctrl: true });
    assert.strictEqual(rl.line, 'one three');
    rl.write(null, { sequence: '\x1f' });
    assert.strictEqual(rl.line, 'one two three');
    type('a', { ctrl: true });
    type('k', { ctrl: true });
    assert.strictEqual(rl.line, '');
    type('y', { ctrl: true });
    assert.strictEqual(rl.line, 'one two three');
    rl.close();
  }
  {
    // What is pasted is echoed; the line is drawn anew once, with its last character.
    const { rl, input, output } = terminal();
    output.columns = 10;
    input.write('more than ten columns');
    await new Promise((resolve) => setImmediate(resolve));
    assert.strictEqual(output.read().toString(), 'more than ten columns');
    rl.write(null, { ctrl: true, name: 'a' });
    output.read();
    input.write('no ');
    await new Promise((resolve) => setImmediate(resolve));
    assert(output.read().toString().startsWith('no\u001b[1G\u001b[0Jno more than ten columns'));
    rl.close();
  }
  {
    const rl = readline.createInterface({ input: new PassThrough() });
    assert.throws(() => rl.write(null), { code: 'ERR_INVALID_ARG_TYPE' });
    rl.close();
  }
  {
    const { rl, input } = terminal({ completer: (line) => [['help', 'hello'], line] });
    input.write('h\t');
    await new Promise((resolve) => setImmediate(resolve));
    assert.strictEqual(rl.line, 'hel');
    rl.close();
    assert.throws(() => rl.question('?', () => {}), { code: 'ERR_USE_AFTER_CLOSE' });
  }
  {
    const input = new PassThrough();
    const rl = require('readline/promises').createInterface({ input, output: new PassThrough() });
    const answer = rl.question('name? ');
    input.write('gyre\n');
    assert.strictEqual(await answer, 'gyre');
    rl.close();
  }
  {
    const keys = [];
    const stream = new PassThrough();
    readline.emitKeypressEvents(stream);
    stream.on('keypress', (text, key) => keys.push(key.name + (key.ctrl ? '+ctrl' : '') + (key.shift ? '+shift' : '')));
    stream.write('aB\x01\x1b[A\x1b[1;5C\x1bOP\x1b[3~');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepStrictEqual(keys, ['a', 'b+shift', 'a+ctrl', 'up', 'right+ctrl', 'f1', 'delete']);
  }
})();
