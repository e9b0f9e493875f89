'use strict';

// Publishing, stores and tracing.

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const { channel, hasSubscribers, tracingChannel } = require('diagnostics_channel');

const ch = channel('test');
assert.strictEqual(channel('test'), ch);
assert.strictEqual(ch.hasSubscribers, false);

const seen = [];
const first = (message, name) => {
  seen.push(['first', message, name]);
  ch.unsubscribe(first);
};
const second = (message) => seen.push(['second', message]);
ch.subscribe(first);
ch.subscribe(second);
assert.ok(hasSubscribers('test'));
ch.publish(1);
ch.publish(2);
assert.deepStrictEqual(seen, [['first', 1, 'test'], ['second', 1], ['second', 2]]);
assert.strictEqual(ch.unsubscribe(second), true);
assert.strictEqual(ch.unsubscribe(second), false);
assert.strictEqual(ch.hasSubscribers, false);

const store = new AsyncLocalStorage();
ch.bindStore(store, (data) => data.id);
assert.strictEqual(ch.runStores({ id: 7 }, () => store.getStore()), 7);
assert.strictEqual(store.getStore(), undefined);
ch.unbindStore(store);

const trace = tracingChannel('op');
const events = [];
trace.subscribe({
  start: (context) => events.push(['start', context.id]),
  end: (context) => events.push(['end', context.result]),
  asyncStart: () => events.push(['asyncStart']),
  asyncEnd: () => events.push(['asyncEnd']),
  error: (context) => events.push(['error', context.error.message]),
});
assert.strictEqual(trace.traceSync((a, b) => a + b, { id: 1 }, null, 2, 3), 5);
assert.throws(() => trace.traceSync(() => { throw new Error('no'); }, { id: 2 }), /no/);
assert.deepStrictEqual(events, [['start', 1], ['end', 5], ['start', 2], ['error', 'no'], ['end', undefined]]);

events.length = 0;
trace.tracePromise(async () => 'done', { id: 3 }).then((value) => {
  assert.strictEqual(value, 'done');
  assert.deepStrictEqual(events, [['start', 3], ['end', undefined], ['asyncStart'], ['asyncEnd']]);
});

// Another program in this one's place: said before it happens.
{
  const { spawnSync } = require('child_process');
  const program = `
    const dc = require('diagnostics_channel');
    dc.subscribe('process.execve', ({ execPath, args, env }) => console.log(execPath, args.join(), env.join()));
    process.execve('/bin/true', ['true', 'x'], { A: '1' });
  `;
  const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', '-e', program], { encoding: 'utf8' });
  assert.strictEqual(stdout, '/bin/true true,x A=1\n');
  assert.strictEqual(status, 0);
}
