// User-defined aggregates and window functions.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const database = new DatabaseSync(':memory:');
database.exec('create table t(x, y); insert into t values (1, 10), (2, 20), (3, 30)');
const all = (sql) => database.prepare(sql).all();
const step = (sum, x) => sum + x;

const wrong = [[], [5], ['a'], ['a', null], ['a', 5], ['a', { step }], ['a', { start: 1 }], ['a', { start: 1, step, inverse: null }]];
for (const args of wrong) show('aggregate', () => database.aggregate(...args));
for (const name of ['useBigIntArguments', 'varargs', 'directOnly', 'deterministic', 'result']) {
  show(name, () => database.aggregate('a', { start: 0, step, [name]: 5 }));
}
for (const start of [null, {}, Symbol('x'), 'text', 1n]) show(`start ${String(start)}`, () => database.aggregate('a', { start, step }));
const read = [];
database.aggregate('a', new Proxy({ start: 0, step }, { get(target, name) { read.push(name); return target[name]; } }));
console.log(read.join());
show('a name that is a number', () => {
  database.aggregate(5, { start: 0, step });
  return all('select "5"(x) a from t');
});

const calls = [];
database.aggregate('told', {
  start() { calls.push(`start ${arguments.length}`); return 0; },
  step(...args) { calls.push(`step ${args}`); return args[0] + args[1]; },
  result(...args) { calls.push(`result ${args}`); return args[0]; },
  varargs: true,
});
show('some rows', () => [all('select told(x) a from t'), calls.splice(0)]);
show('no rows', () => [all('select told(x) a from t where x > 10'), calls.splice(0)]);
show('groups', () => {
  database.aggregate('list', { start: () => [], step: (list, x) => [...list, x], result: (list) => list.join('+') });
  return all('select y > 10 g, list(x) a from t group by g');
});
show('a shared start', () => {
  database.aggregate('shared', { start: { n: 0 }, step: (state, x) => { state.n += x; return state; }, result: ({ n }) => n });
  return [all('select shared(x) a from t'), all('select shared(x) a from t')];
});
for (const value of [undefined, {}, Promise.resolve(1), 2n]) {
  show('result', () => {
    database.aggregate('given', { start: 0, step: (_, x) => value });
    return all('select given(x) a from t');
  });
}
show('bigints', () => {
  database.aggregate('big', { start: 0n, step, useBigIntArguments: true });
  return all('select big(x) a from t');
});
show('an integer that is no number', () => {
  database.aggregate('last', { start: 0, step: (_, x) => x });
  return all('select last(9007199254740993) a from t');
});
show('no parameters', () => {
  database.aggregate('count_all', { start: 0, step: (n) => n + 1 });
  return all('select count_all() a from t');
});
show('not as many arguments', () => all('select count_all(x) from t'));
show('no window function', () => all('select big(x) over (order by x) from t'));
show('a window function', () => {
  database.aggregate('window_sum', {
    start: 0, step, inverse: (sum, x) => { calls.push(`inverse ${x}`); return sum - x; },
    result: (sum) => { calls.push(`result ${sum}`); return sum; },
  });
  return [all('select window_sum(x) over (order by x rows between 1 preceding and current row) a from t'), calls.splice(0)];
});
for (const name of ['start', 'step', 'inverse', 'result']) {
  show(`${name} throws`, () => {
    const options = { start: () => 0, step, inverse: (sum, x) => sum - x, result: (sum) => sum };
    options[name] = () => { throw new Error(`from ${name}`); };
    // Node loses what step threw where there is a result to make.
    if (name === 'step') delete options.result;
    database.aggregate('throwing', { ...options, varargs: true });
    const over = name === 'step' ? '' : 'over (order by x rows between 1 preceding and current row)';
    return all(`select throwing(x) ${over} a from t`);
  });
}
show('a window function without a window', () => [all('select window_sum(x) a from t'), calls.splice(0)]);
show('windows without an inverse', () => [
  all('select window_sum(x) over (rows between unbounded preceding and unbounded following exclude current row) a from t'),
  all('select window_sum(x) over () a from t'), calls.splice(0),
]);
show('throws undefined', () => {
  database.aggregate('throwing', { start: 0, step() { throw undefined; } });
  return all('select throwing() a from t');
});
