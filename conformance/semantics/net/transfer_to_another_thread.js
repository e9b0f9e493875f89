// A connection and a listening socket move to another thread: what they are there, and what is left here.
const net = require('net');
const { once } = require('events');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
function move(name, object) {
  try {
    port1.postMessage(object, [object]);
  } catch ({ code, message }) {
    console.log(name, code, message.replace(/;.*/, ''));
    return undefined;
  }
  const { message } = receiveMessageOnPort(port2);
  console.log(name, 'moves', message instanceof object.constructor, message.allowHalfOpen);
  return message;
}
async function connect(options) {
  const server = net.createServer(options).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect(server.address().port, '127.0.0.1');
  client.on('error', () => {});
  const [socket] = await once(server, 'connection');
  server.close();
  return { client, socket };
}
async function testSocket() {
  const { client, socket } = await connect({ allowHalfOpen: true });
  const sourceClosed = once(socket, 'close');
  const moved = move('a fresh socket', socket);
  console.log(socket.destroyed, socket._handle, socket.writable, socket.remoteAddress);
  socket.write('lost', (error) => console.log(error.code));
  await sourceClosed;
  client.write('to the server');
  console.log(`${(await once(moved, 'data'))[0]}`, moved.remotePort === client.localPort);
  moved.write('to the client');
  console.log(`${(await once(client, 'data'))[0]}`);
  client.end();
  await once(moved, 'end');
  moved.end();
}
async function testGuards() {
  move('a socket of nothing', new net.Socket());
  const guards = {
    'data that is read already': async (socket, client) => {
      client.write('x');
      await once(socket, 'readable');
    },
    'a write under way': (socket) => {
      socket.cork();
      socket.write('x');
    },
    'an encoding': (socket) => socket.setEncoding('utf8'),
    'a socket that is destroyed': (socket) => socket.destroy(),
    'a listener': (socket) => socket.on('data', () => {}),
    'a paused socket': (socket) => socket.pause(),
  };
  for (const [name, prepare] of Object.entries(guards)) {
    const { client, socket } = await connect();
    await prepare(socket, client);
    move(name, socket)?.destroy();
    socket.destroy();
    client.destroy();
  }
  const { client, socket } = await connect();
  try {
    port1.postMessage(socket);
  } catch (error) {
    console.log(error.name, error.message);
  }
  try {
    port1.postMessage([socket, () => {}], [socket]);
  } catch (error) {
    console.log(error.name, socket.destroyed, socket._handle === null);
  }
  socket.destroy();
  client.destroy();
}
async function testServer() {
  move('a server that does not listen', net.createServer());
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.on('close', () => console.log('never'));
  const moved = move('a server', server);
  console.log(server.listening, server.address(), moved.listening, moved.address().port === port, moved.pauseOnConnect, moved.noDelay);
  moved.on('connection', (socket) => {
    console.log('connection', socket.allowHalfOpen, socket.server === moved);
    socket.end('hello');
    moved.close();
  });
  for await (const chunk of net.connect(port, '127.0.0.1')) console.log(`${chunk}`);
  port1.close();
}
testSocket().then(testGuards).then(testServer);
