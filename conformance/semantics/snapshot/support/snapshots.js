// Makes snapshots of programs and starts from them, in a folder that is removed at the end.
'use strict';
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'snapshot-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

const blob = path.join(folder, 'snapshot.blob');
const clean = (text) => text.replaceAll(folder, '<FOLDER>').replaceAll(process.execPath, '<EXEC>');

function run(args, env = {}, cwd = folder) {
  const { status, signal, stdout, stderr } =
    spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  return { status: status ?? signal, stdout: clean(stdout), stderr: clean(stderr) };
}

/** A function or a text as the program of a file. */
function write(name, program) {
  const text = typeof program === 'function' ? `(${program})();` : program;
  fs.writeFileSync(path.join(folder, name), text);
  return name;
}

function build(program, flags = [], env = {}) {
  return run([...flags, '--snapshot-blob', blob, '--build-snapshot', write('entry.js', program)], env);
}

function start(args = [], env = {}, cwd = folder) {
  return run(['--snapshot-blob', blob, ...args], env, cwd);
}

/** Prints what a program says that is built, and what it says when it is started. */
function roundTrip(program, args, env) {
  show(build(program));
  show(start(args, env));
}

function show({ status, stdout, stderr }) {
  console.log(`[${status}]`);
  if (stdout) console.log(stdout.trimEnd());
  if (stderr) console.log(stderr.trimEnd());
}

module.exports = { blob, build, folder, roundTrip, run, show, start, write };
