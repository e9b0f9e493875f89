// What belongs to a process is the new one's; what a program chose for itself stays.
const { build, folder, show, start, write } = require('./support/snapshots.js');
const fs = require('fs');
const path = require('path');

show(build(() => {
  process.exitCode = undefined;
  process.env.MADE_BY_BUILDER = 'yes';
  globalThis.then = { pid: process.pid, cwd: process.cwd(), argv: process.argv.slice(1), started: performance.timeOrigin };
  globalThis.uuid = crypto.randomUUID();
  globalThis.number = require('crypto').randomInt(2 ** 40);
  globalThis.isDirectory = require('fs').statSync('.').isDirectory();
  process.on('exit', (code) => require('fs').writeSync(1, `exit ${code}\n`));
  process.on('custom', (word) => console.log('custom', word));
}, ['--no-warnings'], { OF_BUILDER: '1' }));

const main = write('main.js', () => {
  console.log(process.argv.slice(1), process.execArgv.length, process.env.MADE_BY_BUILDER, process.env.OF_BUILDER,
              process.env.OF_START, Object.keys(process.env).includes('OF_START'));
  console.log(then.pid !== process.pid, then.cwd === process.cwd(), process.cwd(), then.argv,
              performance.timeOrigin > then.started, performance.now() < 60_000, process.uptime() < 60);
  const fs = require('fs');
  console.log(isDirectory, fs.statSync(__filename).size === fs.readFileSync(__filename).length, fs.statSync(__filename).isFile());
  process.emit('custom', 'event');
  const { stdout } = process;
  stdout.write('the stream works\n');
  const { createHash, randomUUID } = require('crypto');
  console.log(uuid !== randomUUID(), createHash('md5').update('x').digest('hex'));
  console.log(typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics, Error.stackTraceLimit);
});
fs.mkdirSync(path.join(folder, 'elsewhere'));
show(start(['--', path.join(folder, main), 'a', 'b'], { OF_START: '2' }, path.join(folder, 'elsewhere')));
show(start(['-p', '[uuid, crypto.randomUUID(), require("crypto").randomInt(2 ** 40)].map((x) => x === globalThis.uuid)']));
