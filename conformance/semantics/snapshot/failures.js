// A builder that fails makes no snapshot, and says why.
const { blob, build, run, show, write } = require('./support/snapshots.js');
const fs = require('fs');

function fails(what, { status, stderr }, pattern = /^.*Error: .*$/m) {
  console.log(`${what}: ${status} ${stderr.match(pattern)?.[0]} ${fs.existsSync(blob)}`);
  fs.rmSync(blob, { force: true });
}
const anything = /^.+$/m;

fails('throws', build('throw new RangeError("at once")'));
fails('rejects', build('Promise.reject(new Error("unhandled"))'));
fails('does not parse', build('const 1;'));
fails('exits', build('process.exit(3)'), anything);
fails('exits with 0', build('process.exit(0)'), anything);
fails('sets an exit code', build('process.exitCode = 5'), anything);
fails('sets one at exit', build('process.on("exit", () => { process.exitCode = 6 })'), anything);
fails('starts a worker', build('new (require("worker_threads").Worker)("1", { eval: true })', ['--no-warnings']));
fails('no entry', run(['--snapshot-blob', blob, '--build-snapshot']), anything);
fails('eval', run(['--snapshot-blob', blob, '--build-snapshot', '-e', '1']), anything);
fails('no such entry', run(['--snapshot-blob', blob, '--build-snapshot', 'nowhere.js']), anything);
fails('no such folder', run(['--snapshot-blob', 'nowhere/blob', '--build-snapshot', write('empty.js', '')]), anything);
fails('no such snapshot', run(['--snapshot-blob', 'nowhere', '-p', '1']), anything);

const config = (text) => run(['--snapshot-blob', blob, '--build-snapshot-config', write('config.json', text)]);
fails('no config', run(['--snapshot-blob', blob, '--build-snapshot-config', 'nowhere.json']), /^Cannot read snapshot configuration from nowhere.json/);
fails('no JSON', config('{"builder": '), /^Cannot parse JSON from config.json/);
fails('no builder', config('{}'), anything);
fails('an empty builder', config('{"builder": ""}'), anything);
fails('a flag that is none', config('{"builder": "empty.js", "withoutCodeCache": 1}'), anything);
fails('no such builder', config('{"builder": "nowhere.js"}'), anything);
write('args.js', 'console.log(process.argv.slice(1), process.execArgv.slice(2).length)');
show(run(['--snapshot-blob', blob, '--build-snapshot-config', write('config.json', '{"builder": "args.js"}'), 'x', 'y']));
const full = fs.statSync(blob).size;
show(config('{"builder": "args.js", "withoutCodeCache": true}'));
console.log(fs.statSync(blob).size < full, run(['--snapshot-blob', blob, '-p', '6 * 7']).stdout.trim());
