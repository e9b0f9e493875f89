'use strict';
// Coverage tools follow the children of a program: they put functions around the two ways to start one.
const { execFileSync, spawn, spawnSync, ChildProcess } = require('child_process');

const binding = process.binding('spawn_sync');
const original = binding.spawn;
binding.spawn = function(options) {
  console.log('sync', options.file === process.execPath, options.args.slice(1), options.envPairs.length, options.cwd);
  options.envPairs = [...options.envPairs, 'ADDED=by the wrapper'];
  return original.call(this, options);
};
const program = ['-e', 'console.log(process.env.ADDED, process.argv.length)'];
console.log(String(execFileSync(process.execPath, program, { env: { A: 1 } })));
console.log(spawnSync(process.execPath, program, { env: {}, cwd: '/', encoding: 'utf8' }).stdout);
binding.spawn = original;
console.log(String(execFileSync(process.execPath, program, { env: {} })));

const { spawn: start } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function(options) {
  console.log('async', options.args.slice(1), options.envPairs);
  options.envPairs.push('ADDED=too');
  return start.call(this, options);
};
spawn(process.execPath, program, { env: { B: 2 }, stdio: 'inherit' });
