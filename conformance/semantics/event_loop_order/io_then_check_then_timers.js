const fs = require('fs');
fs.readFile(__filename, () => {
  console.log('io');
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('promise'));
  setImmediate(() => console.log('check'));
  setTimeout(() => console.log('timer'), 0);
});
