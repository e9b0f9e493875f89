let fired = 0, wrong = 0, last = -1;
for (let i = 0; i < 20000; i++) setTimeout((k) => { fired++; if (k < last) wrong++; last = k; }, 5, i);
const cleared = [];
for (let i = 0; i < 20000; i++) cleared.push(setTimeout(() => console.log('never'), 1 + (i % 100)));
cleared.forEach(clearTimeout);
process.on('exit', () => console.log(fired, wrong));
