const a = setTimeout(() => { console.log('a'); clearTimeout(b); clearTimeout(a); }, 1);
const b = setTimeout(() => console.log('b'), 1);
const c = setImmediate(() => { console.log('c'); clearImmediate(d); });
const d = setImmediate(() => console.log('d'));
// Long enough for the timers to be due when the loop starts.
const end = Date.now() + 20;
while (Date.now() < end);
