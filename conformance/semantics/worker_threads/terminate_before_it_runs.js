const { Worker } = require('worker_threads');
const w = new Worker('for (;;);', { eval: true });
// 0 when it has not come to its program yet, which is a matter of luck on a busy machine; all hear the same.
const codes = [];
w.on('exit', (code) => {
  codes.push(code);
  console.log('exit', code === 0 || code === 1, w.threadId);
});
const hear = (what) => (code) => console.log(what, codes.every((each) => each === code));
w.terminate().then(hear('terminated'));
w.terminate().then(hear('once more'));
