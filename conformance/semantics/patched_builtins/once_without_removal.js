'use strict';
// events.once() with emitters that are not EventEmitters: what it calls of them, and when.
const { once } = require('events');

function emitter(...methods) {
  const listeners = {};
  const calls = [];
  const add = (name) => (event, listener) => {
    calls.push(`${name} ${event}`);
    (listeners[event] ??= []).push(listener);
  };
  const all = {
    on: add('on'),
    once: add('once'),
    addEventListener: add('addEventListener'),
    removeListener: (event) => calls.push(`removeListener ${event}`),
    removeEventListener: (event) => calls.push(`removeEventListener ${event}`),
  };
  return { calls, listeners, ...Object.fromEntries(methods.map((name) => [name, all[name]])) };
}

const kinds = [
  ['on', 'once'],
  ['on', 'once', 'removeListener'],
  ['once'],
  ['on', 'removeListener'],
  ['addEventListener', 'removeEventListener'],
];

async function main() {
  for (const methods of kinds) {
    for (const [event, happens] of [['x', 'x'], ['x', 'error'], ['error', 'error'], ['x', 'abort'], ['error', 'abort']]) {
      if (happens === 'abort' && !methods.some((name) => name.startsWith('remove'))) continue;
      const target = emitter(...methods);
      const controller = new AbortController();
      const result = once(target, event, { signal: controller.signal })
        .then((values) => values.map(String), (error) => `${error.name}: ${error.message}`);
      try {
        if (happens === 'abort') controller.abort(); else target.listeners[happens]?.[0](new RangeError('given'));
      } catch (error) {
        target.calls.push(`thrown: ${error.message}`);
      }
      const outcome = await Promise.race([result, new Promise((resolve) => setTimeout(resolve, 5, 'nothing'))]);
      console.log(methods.join(), event, happens, target.calls, outcome);
    }
  }
}
main();
