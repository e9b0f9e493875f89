// only gyre: in node the receiver cannot read the message, nor what follows
// A module of WebAssembly cannot be sent to a process: the sender hears of it, and the channel lives.
const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send(message);
    process.disconnect();
  });
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  try {
    child.send({ module: new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])) });
  } catch (error) {
    console.log(error.message);
  }
  child.send({ n: 1 });
  child.on('message', (message) => console.log(message));
}
