async function f(name) {
  console.log(name, 1);
  await null;
  console.log(name, 2);
  await new Promise((r) => process.nextTick(r));
  console.log(name, 3);
  await new Promise((r) => setImmediate(r));
  console.log(name, 4);
}
f('a');
f('b');
process.nextTick(() => console.log('tick'));
console.log('sync');
