// A request is destroyed before the immediates that its callback made, and without anything else that happens.
const { createHook } = require('async_hooks');
const fs = require('fs');

const followed = new Set();
let destroyed = 0;
createHook({
  init(id, type) {
    if (type === 'FSREQCALLBACK') followed.add(id);
  },
  destroy(id) {
    if (followed.delete(id)) destroyed++;
  },
}).enable();

fs.stat(__filename, () => {
  console.log('callback', destroyed);
  setImmediate(() => {
    console.log('immediate', destroyed);
    fs.stat(__filename, () => {
      setTimeout(() => console.log('timeout', destroyed), 10);
    });
  });
});
