setTimeout(() => console.log('never'), 10000).unref();
const t = setTimeout(() => console.log('held'), 5);
t.unref();
t.ref();
console.log(t.hasRef());
process.on('exit', (c) => console.log('exit', c));
