setImmediate(() => {
  console.log('a');
  setImmediate(() => console.log('nested'));
});
setImmediate(() => console.log('b'));
