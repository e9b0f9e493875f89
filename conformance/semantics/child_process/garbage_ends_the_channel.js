// only gyre: node throws in the parent what JSON.parse says, as an uncaught exception
// What is no message, or half of one, ends the channel with an error that says so, and nothing else: the messages before
// it arrive.
const { spawn } = require('child_process');
for (const [serialization, bytes] of [['json', '{"n":1}\\n{"n":2}\\nnot json\\n{"n":3}\\n'], ['advanced', '\\0\\0\\0\\003abc']]) {
  const child = spawn('/bin/sh', ['-c', `printf '${bytes}' >&3; exec sleep 60`], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization });
  child.on('message', (message) => console.log(serialization, message));
  child.on('error', ({ code, message }) => {
    console.log(serialization, code, message, child.connected);
    child.kill();
  });
  child.on('disconnect', () => console.log(serialization, 'disconnect'));
}
const cut = spawn('/bin/sh', ['-c', `printf '{"n":1}\\n{"n":' >&3`], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const said = [];
cut.on('message', (message) => said.push(message));
cut.on('error', ({ code, message }) => said.push(`${code} ${message}`));
cut.on('disconnect', () => said.push('disconnect'));
process.on('exit', () => console.log(said));
