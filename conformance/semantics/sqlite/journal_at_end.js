// A database that is open when the program or its thread ends: the last connection takes the journal's files with it.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const { Worker } = require('worker_threads');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'journal-'));
const program = (file) => `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(${JSON.stringify(file)});
  globalThis.kept = [database, database.prepare('select 1')];
  database.exec('pragma journal_mode = wal; create table t(x); insert into t values (1)');
  globalThis.kept[1].get();`;

const { status } = spawnSync(process.execPath, ['-e', program(path.join(folder, 'process.db'))]);
console.log(status, fs.readdirSync(folder));
new Worker(program(path.join(folder, 'thread.db')), { eval: true }).on('exit', (code) => {
  console.log(code, fs.readdirSync(folder));
  fs.rmSync(folder, { recursive: true });
});
