// What locks.request() says to wrong arguments, and what its objects are.
const { locks } = require('worker_threads');
async function attempt(...args) {
  try {
    console.log(await locks.request(...args));
  } catch ({ name, message, code }) {
    console.log(name, code, message);
  }
}
async function test() {
  for (const signal of [{}, 5, null, 'text']) await attempt('name', { signal }, () => 1);
  for (const options of [null, [], 5, 'text']) await attempt('name', options, () => 'granted');
  for (const name of [undefined, null, 5, '', Symbol('x')]) await attempt(name, (lock) => lock.name);
  await attempt('name');
  await attempt('-name', () => 1);
  await attempt('name', { mode: 'other' }, () => 1);
  await locks.request('name', (lock) => console.log(`${lock}`, Object.keys(lock), lock instanceof Object));
  console.log(`${locks}`, await locks.query());
}
test();
