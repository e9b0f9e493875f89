// process.kill(): what stands for a process, and what for a signal. With 0 nothing is sent.
'use strict';

function show(label, ...args) {
  try {
    console.log(label, process.kill(...args));
  } catch ({ name, code, message }) {
    console.log(label, name, code, message.replaceAll(process.pid, '<pid>'));
  }
}

for (const pid of [[], '', ' ', null, undefined, 0.5, NaN, 2 ** 31, -(2 ** 31) - 1, {}]) show(`process ${String(pid)}`, pid, 0);
show('a string', String(process.pid), 0);
show('a list', [process.pid], 0);
show('an object', { valueOf: () => process.pid }, 0);
for (const signal of [0, -0, 0.5, Infinity, 2 ** 31, -1, 999, 1n, '0', 'sigterm', 'toString', [], {}, true]) {
  show(`signal ${String(signal)}`, process.pid, signal);
}
