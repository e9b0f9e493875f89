let n = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++n);
  if (n < 3) setTimeout(() => console.log('again'), 1);
});
process.on('exit', (code) => console.log('exit', code));
