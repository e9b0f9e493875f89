// send() says false once the queue is long, and calls back for every message, in order.
const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  let count = 0;
  process.on('message', () => {
    if (++count === 64) process.disconnect();
  });
} else {
  const child = fork(__filename, ['child']);
  const order = [];
  const accepted = [];
  for (let i = 0; i < 64; i++) accepted.push(child.send('x'.repeat(100_000), (error) => order.push(error === null ? i : error)));
  console.log(accepted[0], accepted.at(-1));
  child.on('exit', (code) => console.log(code, order.length, order.every((n, i) => n === i)));
}
