const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    if (!server) return process.disconnect();
    server.on('connection', (socket) => socket.end(process.argv[3]));
    process.on('disconnect', () => server.close());
    process.send('ready');
  });
} else {
  const children = ['a', 'b'].map((name) => fork(__filename, ['child', name]));
  const server = net.createServer().listen(0, '127.0.0.1', async () => {
    const { port } = server.address();
    await Promise.all(children.map((child) => new Promise((resolve) => {
      child.send('server', server);
      child.once('message', resolve);
    })));
    server.close();
    const read = () => new Promise((resolve) => { net.connect(port, '127.0.0.1').on('data', (data) => resolve(`${data}`)); });
    const first = await read();
    children['ab'.indexOf(first)].send('leave');
    await new Promise((resolve) => { children['ab'.indexOf(first)].once('exit', resolve); });
    console.log(await read() !== first);
    for (const child of children) if (child.connected) child.send('leave');
  });
}
