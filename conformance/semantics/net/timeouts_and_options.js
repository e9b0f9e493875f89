// setTimeout, setKeepAlive, setNoDelay, ref and unref, and arguments that they do not take.
'use strict';

const net = require('net');
const { listen, sleep } = require('./common/log');

async function main() {
  const server = await listen({}, (socket) => socket.resume());
  const client = net.connect(server.address().port, '127.0.0.1');
  await new Promise((resolve) => client.on('connect', resolve));
  let count = 0;
  client.setTimeout(400, () => count++);
  console.log(client.timeout, client.setNoDelay() === client, client.setKeepAlive(true, 1000) === client, client.unref().ref() === client);
  for (let n = 0; n < 5; n++) {
    await sleep(30);
    client.write('x');
  }
  console.log('while active', count);
  await sleep(200);
  console.log('afterwards', count);
  client.setTimeout(0);
  console.log(client.timeout);
  for (const value of ['a', -1, Infinity, null, NaN]) {
    try {
      client.setTimeout(value);
      console.log('accepted', value);
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  try {
    client.setTimeout(1, 'x');
  } catch (error) {
    console.log(error.code);
  }
  client.destroy();
  await sleep(10);
  console.log(client.setTimeout(1) === client, client.address(), client.remoteAddress, client.readyState, client.pending);
  server.close();
  console.log(net.isIP('::1'), net.isIP('1.2.3.4'), net.isIP('1.2.3'), net.isIPv6('fe80::1%eth0'), net.isIPv4(''));
  console.log(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout() >= 250);
  const address = new net.SocketAddress({ address: '::1', family: 'ipv6', port: 80, flowlabel: 3 });
  console.log(address.address, address.port, address.family, address.flowlabel, net.SocketAddress.parse('1.2.3.4:5').port);
}

main();
