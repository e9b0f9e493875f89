// A script of more than what a string can hold is refused, not run in part.
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const file = path.join(fs.mkdtempSync(path.join(require('os').tmpdir(), 'errors-')), 'large.js');
fs.closeSync(fs.openSync(file, 'w'));
fs.truncateSync(file, 1100 * 1024 * 1024);
const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
console.log(status, /ERR_STRING_TOO_LONG/.test(stderr));
fs.rmSync(path.dirname(file), { recursive: true });
