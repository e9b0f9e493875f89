const t = setTimeout(function(...args) { console.log(this === t, args); }, 1, 1, 'two', { three: 3 });
const i = setImmediate(function(...args) { console.log(this === i, args); }, 'x');
process.nextTick((...args) => console.log(args), 1, 2, 3);
