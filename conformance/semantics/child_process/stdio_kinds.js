// pipe, ignore, inherit, a descriptor, a stream, and pipes beyond the third.
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'stdio-')), 'out');
const fd = fs.openSync(file, 'w');
const child = spawn('/bin/sh', ['-c', 'echo to fd; echo to extra >&3; cat <&4 >&3'], { stdio: ['ignore', fd, 'inherit', 'pipe', 'pipe'] });
console.log(child.stdin, child.stdout, child.stderr, child.stdio.length, child.stdio[3] !== null);
child.stdio[4].end('into the fourth');
let extra = '';
child.stdio[3].setEncoding('utf8').on('data', (text) => { extra += text; });
child.on('close', (code) => {
  console.log(code, JSON.stringify(extra), JSON.stringify(fs.readFileSync(file, 'utf8')));
  fs.rmSync(path.dirname(file), { recursive: true });
});
