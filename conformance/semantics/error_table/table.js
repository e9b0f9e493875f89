'use strict';
// Runs the programs of programs.js and compares exit code and standard error with expected.json, Node 24's:
//
//   RUNTIME table.js              prints the programs that differ, then "N passed, N failed"
//   node table.js --write         writes expected.json: only ever with node, then read it
//
// Frames of the runtime's own code are left out, the name of the folder and the process's id are made the same.

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const programs = require('./programs.js');

const expectedFile = path.join(__dirname, 'expected.json');

function normalise(text, folder) {
  return text.replaceAll(folder, '<DIR>')
    .replace(/\(node:\d+\)/g, '(node:PID)')
    .replace(/^\s*at (?:.*node:|.*-wrapper:|<anonymous>$|.*\(<anonymous>\)).*\n?/gm, '')
    .replace(/\d+ lines matching/g, 'N lines matching')
    .replace('    [... lines matching original stack trace ...]\n', '')
    // Where Node's own code throws, the place above the message is a line of its.
    .replace(/^node:\S+:\d+\n.*\n.*\^+\n/gm, '<internal>\n')
    .replaceAll(path.basename(process.execPath), 'node');
}

function run({ files, run: commandLine, stdin }) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'gyre-errors-')));
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const { status, signal, stderr } = spawnSync(process.execPath, commandLine, {
      cwd: folder, input: stdin ?? '', encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1' },
    });
    return { exit: status ?? signal, stderr: normalise(stderr, folder).split('\n') };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function main() {
  const results = Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, run(program)]));
  if (process.argv[2] === '--write') {
    fs.writeFileSync(expectedFile, `${JSON.stringify(results, null, 1)}\n`);
    return;
  }
  const expected = JSON.parse(fs.readFileSync(expectedFile, 'utf8'));
  const failed = Object.keys(programs).filter((name) => JSON.stringify(results[name]) !== JSON.stringify(expected[name]));
  for (const name of failed) {
    const show = ({ exit, stderr } = {}) => `exit ${exit}\n${stderr?.join('\n')}`;
    console.log(`--- ${name}: expected ${show(expected[name])}--- got ${show(results[name])}`);
  }
  console.log(`${Object.keys(programs).length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

main();
