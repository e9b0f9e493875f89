// backup(): arguments, progress, failures, and a source that is closed meanwhile.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { DatabaseSync, backup } = require('node:sqlite');
const { describe, show } = require('./common/show');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backups-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = (name) => path.join(folder, name);
const database = new DatabaseSync(':memory:');
database.exec('create table t(x); insert into t values (zeroblob(10000))');

const wrong = [
  [], [5, file('x')], [{}], [database], [database, {}], [database, 'a\0b'], [database, file('x'), null],
  [database, file('x'), undefined], [database, new URL('http://example.com')],
];
for (const args of wrong) show('backup', () => backup(...args));
const wrongOptions = [{ rate: 1.5 }, { rate: null }, { rate: 0 }, { rate: 2 ** 31 }, { source: 5 }, { target: null }, { progress: null }];
for (const options of wrongOptions) show(`backup ${JSON.stringify(options)}`, () => backup(database, file('x'), options));
show('closed', () => {
  const other = new DatabaseSync(':memory:', { open: false });
  backup(other, file('x'));
});

async function result(label, promise) {
  try {
    console.log(label, await promise);
  } catch (error) {
    console.log(label, describe(error));
  }
}

(async () => {
  const read = [];
  await result('options', backup(database, file('a'), new Proxy({}, { get(_, name) { read.push(name); } })));
  console.log(read.join());
  await result('undefined', backup(database, file('b'), { rate: undefined, source: undefined, target: undefined }));
  const steps = [];
  await result('progress', backup(database, file('c'), { rate: 2, progress: (...args) => { steps.push(...args); } }));
  console.log(steps);
  await result('progress throws', backup(database, file('d'), { rate: 1, progress() { throw new Error('from progress'); } }));
  await result('no such source', backup(database, file('e'), { source: 'nothing' }));
  await result('no such target', backup(database, file('f'), { target: 'nothing' }));
  await result('no such folder', backup(database, file('g/h')));
  await result('to memory', backup(database, ':memory:'));
  await result('twice to one file', backup(database, file('a')));
  const copy = new DatabaseSync(file('a'), { readOnly: true });
  console.log(copy.prepare('select length(x) n from t').all());
  database.exec('create table later(x)');
  const closing = backup(database, file('i'), { rate: 1 });
  database.close();
  await result('the source is closed', closing);
  console.log(new DatabaseSync(file('i')).prepare('select name from sqlite_master').all());
})();
