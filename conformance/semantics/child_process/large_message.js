const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send({ length: message.text.length, same: message.text === '\u00e9'.repeat(message.text.length) }));
} else {
  const child = fork(__filename, ['child']);
  child.send({ text: '\u00e9'.repeat(5_000_000) });
  child.on('message', (message) => {
    console.log(message);
    child.kill();
  });
}
