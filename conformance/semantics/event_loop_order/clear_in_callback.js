const a = setTimeout(() => { console.log('a'); clearTimeout(b); clearTimeout(a); }, 1);
const b = setTimeout(() => console.log('b'), 1);
setImmediate(() => { console.log('c'); clearImmediate(d); });
const d = setImmediate(() => console.log('d'));
let n = 0;
const i = setInterval(() => { console.log('interval', ++n); if (n === 3) clearInterval(i); }, 2);
