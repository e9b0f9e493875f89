'use strict';
// --watch: what a program says over its channel ends nobody but the program. Node's watcher ends, and leaves the program.

const assert = require('assert');
const { fork } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'program.js');
// It ends with its watcher, whatever becomes of that.
fs.writeFileSync(file, `
  process.on('message', () => {
    process.send('got it');
    process.disconnect();
  });
  for (const files of [5, 'text', null]) process.send({ 'watch:require': files });
  process.send('begins');
`);

const watcher = fork(file, { execArgv: ['--watch'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
const said = [];
watcher.on('message', (message) => {
  said.push(message);
  if (message === 'begins') watcher.send('something');
  if (message !== 'got it') return;
  // Its program is not there any more.
  setTimeout(() => {
    watcher.send('something else');
    setTimeout(() => watcher.kill('SIGTERM'), 100);
  }, 200);
});
watcher.on('exit', (code) => {
  assert.strictEqual(code, 143);
  assert.deepStrictEqual(said, [{ 'watch:require': 5 }, { 'watch:require': 'text' }, { 'watch:require': null }, 'begins', 'got it']);
});
