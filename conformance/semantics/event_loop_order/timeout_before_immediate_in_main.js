// From the main program either may come first; after a wait longer than the delay it is the timer.
setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timeout'), 1);
const end = Date.now() + 20;
while (Date.now() < end);
