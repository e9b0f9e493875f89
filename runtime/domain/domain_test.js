'use strict';

// Errors of timers, emitters and bound callbacks end at the domain they were started in.

const assert = require('assert');
const domain = require('domain');
const EventEmitter = require('events');

const log = [];
const d = domain.create();
d.on('error', (error) => log.push(`${error.message} ${error.domain === d} ${error.domainThrown}`));

d.run(() => {
  assert.strictEqual(process.domain, d);
  setTimeout(() => { throw new Error('timer'); }, 1);
  const emitter = new EventEmitter();
  assert.strictEqual(emitter.domain, d);
  setImmediate(() => emitter.emit('error', new Error('emitter')));
});
assert.ok(!process.domain);

assert.strictEqual(d.bind((a, b) => a + b)(1, 2), 3);
d.intercept(() => assert.fail('not called'))(new Error('intercepted'));
assert.strictEqual(d.intercept((value) => value)(null, 7), 7);

process.on('exit', () => {
  assert.deepStrictEqual(log.sort(), ['emitter true false', 'intercepted true false', 'timer true true']);
});
