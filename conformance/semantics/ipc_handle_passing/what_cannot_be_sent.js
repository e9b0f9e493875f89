const { fork } = require('child_process');
const fs = require('fs');
if (process.argv[2] === 'child') {
  process.on('message', () => {});
} else {
  const child = fork(__filename, ['child']);
  for (const handle of [{}, fs, new (require('events'))(), 5, 'text', true]) {
    try {
      child.send('x', handle);
      console.log('sent');
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  child.kill();
}
