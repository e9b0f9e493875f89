'use strict';

// AsyncLocalStorage follows every way a callback can be delayed; hooks see ids that agree.

const assert = require('assert');
const { AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, triggerAsyncId } = require('async_hooks');

const storage = new AsyncLocalStorage({ name: 'test', defaultValue: 'none' });
assert.strictEqual(storage.name, 'test');
assert.strictEqual(storage.getStore(), 'none');

const ways = {
  nextTick: (done) => process.nextTick(done),
  promise: (done) => Promise.resolve().then(done),
  microtask: (done) => queueMicrotask(done),
  timeout: (done) => setTimeout(done, 1),
  immediate: (done) => setImmediate(done),
  await: async (done) => {
    await null;
    done();
  },
};
let pending = 0;
for (const [name, delay] of Object.entries(ways)) {
  ++pending;
  storage.run(name, () => delay(() => {
    assert.strictEqual(storage.getStore(), name);
    --pending;
  }));
}
assert.strictEqual(storage.getStore(), 'none');
process.on('exit', () => assert.strictEqual(pending, 0));

storage.run(1, () => {
  const snapshot = AsyncLocalStorage.snapshot();
  const bound = AsyncLocalStorage.bind(() => storage.getStore());
  storage.run(2, () => {
    assert.strictEqual(snapshot(() => storage.getStore()), 1);
    assert.strictEqual(bound(), 1);
    assert.strictEqual(storage.exit(() => storage.getStore()), undefined);
    assert.strictEqual(storage.getStore(), 2);
  });
  assert.throws(() => storage.run(3, () => { throw new Error('x'); }), /x/);
  assert.strictEqual(storage.getStore(), 1);
});

const resource = new AsyncResource('TEST');
resource.runInAsyncScope(() => {
  assert.strictEqual(executionAsyncId(), resource.asyncId());
  assert.strictEqual(triggerAsyncId(), resource.triggerAsyncId());
});

const log = [];
const hook = createHook({
  init(id, type) { if (type === 'MINE') log.push('init'); },
  before(id) { if (id === mine?.asyncId()) log.push('before'); },
  after(id) { if (id === mine?.asyncId()) log.push('after'); },
}).enable();
let mine = new AsyncResource('MINE');
mine.runInAsyncScope(() => log.push('run'));
hook.disable();
assert.deepStrictEqual(log, ['init', 'before', 'run', 'after']);
