// Iterators over rows: what next() and return() say, what ends them.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
database.exec('create table rows(a); insert into rows values (1), (2), (3)');
const rows = () => database.prepare('select * from rows');

show('next', () => {
  const iterator = database.prepare('select 1 a').iterate();
  return [iterator.next(), iterator.next(), iterator.next(), iterator.return(), iterator.next()];
});
show('return', () => {
  const iterator = rows().iterate();
  return [iterator.return(5), iterator.next(), iterator.return()];
});
show('helpers', () => rows().iterate().map(({ a }) => a * 2).filter((a) => a > 2).toArray());
show('itself', () => {
  const iterator = rows().iterate();
  return iterator[Symbol.iterator]() === iterator;
});
show('parameters', () => [...database.prepare('select ? a, $b b').iterate({ b: 2 }, 1)]);
for (const method of ['get', 'all', 'run', 'iterate']) {
  show(`invalidated by ${method}`, () => {
    const statement = rows();
    const iterator = statement.iterate();
    iterator.next();
    statement[method]();
    return iterator.next();
  });
}
show('invalidated, return', () => {
  const statement = rows();
  const iterator = statement.iterate();
  const second = statement.iterate();
  iterator.return();
  return second.next();
});
show('done, then the statement runs', () => {
  const statement = rows();
  const iterator = statement.iterate();
  iterator.toArray();
  statement.get();
  return iterator.next();
});
show('options count row by row', () => {
  const statement = rows();
  const iterator = statement.iterate();
  const first = iterator.next();
  statement.setReturnArrays(true);
  const second = iterator.next();
  statement.setReadBigInts(true);
  return [first, second, iterator.next()];
});
show('rows change meanwhile', () => {
  const seen = [];
  for (const { a } of rows().iterate()) {
    seen.push(a);
    database.exec('update rows set a = a + 10');
  }
  return seen;
});
show('an integer that is no number', () => database.prepare('select 9007199254740992').iterate().next());
show('a function throws', () => {
  database.function('picky', (x) => {
    if (x > 1) throw new Error(`not ${x}`);
    return x;
  });
  const seen = [];
  try {
    for (const { a } of database.prepare('select picky(column1) a from (values (1), (2), (3))').iterate()) seen.push(a);
  } catch ({ message }) {
    seen.push(message);
  }
  return seen;
});
for (const method of ['next', 'return']) {
  show(`closed, ${method}`, () => {
    const other = new DatabaseSync(':memory:');
    const iterator = other.prepare('select 1').iterate();
    other.close();
    return iterator[method]();
  });
}
show('done and closed', () => {
  const other = new DatabaseSync(':memory:');
  const iterator = other.prepare('select 1').iterate();
  iterator.toArray();
  other.close();
  return iterator.next();
});
show('another this', () => rows().iterate().next.call({}));
show('a table in use is not dropped', () => {
  const iterator = rows().iterate();
  iterator.next();
  database.exec('drop table rows');
});
