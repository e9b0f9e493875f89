'use strict';

// EventEmitter: what the upstream suite does not pin down, and the layout that programs reach into.

const assert = require('assert');
const EventEmitter = require('events');

function test(name, fn) {
  try {
    fn();
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

test('one listener is stored bare, two as an array', () => {
  const emitter = new EventEmitter();
  const first = () => {};
  const second = () => {};
  emitter.on('a', first);
  assert.strictEqual(emitter._events.a, first);
  emitter.on('a', second);
  assert.deepStrictEqual([...emitter._events.a], [first, second]);
  emitter.off('a', first);
  assert.strictEqual(emitter._events.a, second);
  emitter.off('a', second);
  assert.deepStrictEqual(emitter.eventNames(), []);
});

test('listeners added or removed during an emit do not change it', () => {
  const emitter = new EventEmitter();
  const calls = [];
  const late = () => calls.push('late');
  const removed = () => calls.push('removed');
  emitter.on('a', () => {
    calls.push('first');
    emitter.on('a', late);
    emitter.off('a', removed);
  });
  emitter.on('a', removed);
  emitter.emit('a');
  assert.deepStrictEqual(calls, ['first', 'removed']);
  calls.length = 0;
  emitter.emit('a');
  assert.deepStrictEqual(calls, ['first', 'late']);
});

test('a listener that throws leaves the emitter usable', () => {
  const emitter = new EventEmitter();
  let calls = 0;
  emitter.on('a', () => { throw new Error('boom'); });
  emitter.on('a', () => calls++);
  assert.throws(() => emitter.emit('a'), /boom/);
  const list = emitter._events.a;
  emitter.on('a', () => calls++);
  assert.strictEqual(emitter._events.a, list, 'no emit is under way: changed in place');
});

test('arguments', () => {
  for (let count = 0; count < 6; ++count) {
    const args = Array.from({ length: count }, (_, i) => i);
    for (const listeners of [1, 2]) {
      const emitter = new EventEmitter();
      const seen = [];
      for (let i = 0; i < listeners; ++i) emitter.on('a', function(...got) { seen.push([this === emitter, ...got]); });
      assert.strictEqual(emitter.emit('a', ...args), true);
      assert.deepStrictEqual(seen, Array(listeners).fill([true, ...args]));
    }
  }
});

test('errors without a listener', () => {
  const emitter = new EventEmitter();
  const error = new Error('mine');
  const monitored = [];
  emitter.on(EventEmitter.errorMonitor, (e) => monitored.push(e));
  assert.throws(() => emitter.emit('error', error), (e) => e === error);
  assert.deepStrictEqual(monitored, [error]);
  assert.throws(() => emitter.emit('error', { a: 1 }), {
    code: 'ERR_UNHANDLED_ERROR',
    message: 'Unhandled error. ({ a: 1 })',
    context: { a: 1 },
  });
});

test('newListener comes before, removeListener after', () => {
  const emitter = new EventEmitter();
  const log = [];
  emitter.on('newListener', (name) => log.push(`+${name} ${emitter.listenerCount(name)}`));
  emitter.on('removeListener', (name) => log.push(`-${name} ${emitter.listenerCount(name)}`));
  const fn = () => {};
  emitter.once('a', fn);
  emitter.emit('a');
  assert.deepStrictEqual(log, ['+removeListener 0', '+a 0', '-a 0']);
});

test('old style inheritance', () => {
  function Old() {
    EventEmitter.call(this);
  }
  Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
  const old = new Old();
  let called = false;
  old.on('a', () => { called = true; });
  old.emit('a');
  assert.ok(called);
});

(async () => {
  const emitter = new EventEmitter();
  const iterator = EventEmitter.on(emitter, 'a', { close: ['end'] });
  emitter.emit('a', 1, 2);
  emitter.emit('a', 3);
  emitter.emit('end');
  const got = [];
  for await (const args of iterator) got.push(args);
  assert.deepStrictEqual(got, [[1, 2], [3]]);
  assert.strictEqual(emitter.listenerCount('a'), 0);
})();
