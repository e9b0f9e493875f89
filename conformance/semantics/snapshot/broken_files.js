// only gyre: node ends with an assertion, or with a signal
// A file that is no snapshot, or no whole one, is refused before anything is made of it.
const { blob, build, folder, run, show, start } = require('./support/snapshots.js');
const fs = require('fs');
const path = require('path');

show(build('globalThis.word = "whole";'));
const whole = fs.readFileSync(blob);

function refused(what, bytes) {
  fs.writeFileSync(blob, bytes);
  const { status, stdout, stderr } = start(['-p', 'word']);
  console.log(`${what}: ${status} ${(stdout + stderr).trim()}`);
}

refused('empty', '');
refused('a program', 'console.log(1);');
refused('another magic', Buffer.concat([Buffer.from('NOTGYRE!'), whole.subarray(8)]));
for (const part of [0.0001, 0.5, 0.9999]) refused(`${part} of it`, whole.subarray(0, Math.floor(whole.length * part)));
refused('a byte too much', Buffer.concat([whole, Buffer.alloc(1)]));
for (const part of [0.001, 0.1, 0.5, 0.9]) {
  const damaged = Buffer.from(whole);
  damaged[Math.floor(whole.length * part)] ^= 0x10;
  refused(`damage at ${part}`, damaged);
}
refused('whole', whole);
const { status, stderr } = run(['--snapshot-blob', path.join(folder), '-p', '1']);
console.log(status, stderr.trim());

// What cannot be written to is not removed.
fs.writeFileSync(path.join(folder, 'empty.js'), '');
const full = run(['--snapshot-blob', '/dev/full', '--build-snapshot', path.join(folder, 'empty.js')]);
console.log(full.status, full.stderr.trim(), fs.existsSync('/dev/full'));
