// only gyre: in node the message arrives without its handle, or not at all
// A server that was sent while the pipe was full: it arrives, though the sender has closed its own long before it left.
const { fork } = require('child_process');
const { once } = require('events');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    if (server === undefined) return;
    console.log(message, server instanceof net.Server, server.listening);
    server.close();
    process.disconnect();
  });
} else {
  test();
}
async function test() {
  setTimeout(() => process.exit(1), 5000).unref();
  const child = fork(__filename, ['child']);
  await new Promise((resolve) => { child.send('are you there', resolve); });
  child.kill('SIGSTOP');
  for (let i = 0; i < 100; i++) child.send('x'.repeat(10_000));
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  child.send('a server', server, {}, (error) => console.log('sent', error));
  server.close();
  await once(server, 'close');
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  child.kill('SIGCONT');
  console.log(await once(child, 'exit'));
}
