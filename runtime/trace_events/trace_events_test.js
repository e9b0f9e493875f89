'use strict';

// The file that a process leaves, what it has of the runtime and of V8, and categories that come and go.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'trace_events_test-'));
process.on('exit', () => fs.rmSync(directory, { recursive: true }));

/** What a process with these arguments recorded. */
function eventsOf(...args) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  assert.strictEqual(status, 0, stderr);
  const file = path.join(directory, 'node_trace.1.log');
  const { traceEvents } = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.unlinkSync(file);
  return traceEvents;
}
const named = (events, name) => events.filter((event) => event.name === name);

{
  const events = eventsOf('--trace-event-categories', 'node.console,node.fs.sync', '-e', `
    console.count('a label');
    require('fs').statSync('.');
    setTimeout(() => {}, 1);`);
  const [count] = named(events, 'count::a label');
  assert.strictEqual(count.ph, 'C');
  assert.strictEqual(count.cat, 'node,node.console');
  assert.deepStrictEqual(count.args, { data: 1 });
  assert.deepStrictEqual(named(events, 'fs.sync.stat').map((event) => event.ph), ['B', 'E']);
  assert.strictEqual(named(events, 'RunTimers').length, 0);
  assert(events.some((event) => event.cat === '__metadata' && event.args.name === 'JavaScriptMainThread'));
}

// Complete events end before they are written, with their durations.
{
  const events = eventsOf('--trace-event-categories=v8', '-e', 'for (let i = 0; i < 3e5; i++) `${i}${i}`; gc?.()', '--expose-gc');
  const complete = events.filter((event) => event.ph === 'X' && event.cat.includes('v8'));
  assert(complete.some((event) => event.dur > 0 && event.ts > 0));
}

// A program's own choice.
{
  const events = eventsOf('-e', `
    const { createTracing, getEnabledCategories } = require('trace_events');
    const assert = require('assert');
    const tracing = createTracing({ categories: ['node.console', 'other'] });
    console.time('before');
    tracing.enable();
    tracing.enable();
    assert.strictEqual(getEnabledCategories(), 'node.console,other');
    console.time('during');
    tracing.disable();
    assert.strictEqual(getEnabledCategories(), undefined);
    console.time('after');`);
  assert.deepStrictEqual(events.filter((event) => event.cat !== '__metadata').map((event) => event.name), ['time::during']);
}
