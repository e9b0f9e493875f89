// exit: 7
process.on('beforeExit', () => console.log('no'));
process.on('exit', (code) => {
  console.log('exit', code);
  setTimeout(() => console.log('no'), 0);
  process.nextTick(() => console.log('no'));
});
setTimeout(() => process.exit(7), 1);
