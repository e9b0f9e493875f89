// What still works when the database is closed, and what says so.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const never = new DatabaseSync(':memory:', { open: false });
for (const name of Object.keys(DatabaseSync.prototype)) {
  if (name !== 'open') show(name, () => never[name]());
}
for (const name of ['isOpen', 'isTransaction']) show(name, () => never[name]);
show('dispose', () => never[Symbol.dispose]());
show('open', () => [never.open(), never.isOpen, never.isTransaction]);
show('open again', () => never.open());

const statement = never.prepare('select 1');
never.close();
const methods = [
  'all', 'get', 'run', 'iterate', 'columns', 'setReadBigInts', 'setReturnArrays', 'setAllowBareNamedParameters',
  'setAllowUnknownNamedParameters',
];
for (const name of methods) show(name, () => statement[name]());
for (const name of ['sourceSQL', 'expandedSQL']) show(name, () => statement[name]);
show('close again', () => never.close());
never.open();
show('a statement of before', () => statement.get());
show('getters close it', () => {
  const other = new DatabaseSync(':memory:');
  try {
    return other.prepare('select $a a, $b b').all({ get a() { other.close(); return 1; }, b: 2 });
  } catch (error) {
    return error instanceof Error && !other.isOpen;
  }
});
