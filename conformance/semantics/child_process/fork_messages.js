const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send({ got: message, connected: process.connected, channel: typeof process.channel.fd });
    process.disconnect();
    if (process.connected || process.channel !== null) process.exitCode = 1;
  });
} else {
  const child = fork(__filename, ['child']);
  console.log(child.connected, child.stdin, child.spawnargs.slice(1).map((arg) => arg.replace(__dirname, '')));
  child.on('message', (message) => console.log(message));
  child.on('disconnect', () => console.log('disconnect', child.connected, child.channel));
  child.on('close', (code) => console.log('close', code));
  console.log(child.send({ list: [1, 'zwei', null] }));
}
