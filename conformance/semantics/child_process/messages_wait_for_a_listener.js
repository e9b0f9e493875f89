const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  setTimeout(() => process.on('message', (message) => {
    console.log('child got', message);
    if (message === 'last') process.disconnect();
  }), 100);
  process.channel.ref();
} else {
  const child = fork(__filename, ['child']);
  child.send('first');
  child.send('last');
}
