const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', () => {});
} else {
  const child = fork(__filename, ['child']);
  for (const args of [[], [undefined], [Symbol('s')], [function named() {}], [1n], ['x', {}], ['x', undefined, 5]]) {
    try {
      child.send(...args);
      console.log('no error');
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  child.disconnect();
  child.send('late', (error) => console.log('callback', error.code, error.message));
  child.on('error', (error) => console.log('error', error.code, error.message));
  console.log(child.send('later'));
  child.disconnect();
}
