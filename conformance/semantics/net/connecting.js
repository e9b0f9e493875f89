// Before there is a connection: writes wait, destroy gives up, errors have addresses.
'use strict';

const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { listen, note, sleep } = require('./common/log');

async function main() {
  const log = [];
  const server = await listen({}, (socket) => socket.on('data', (d) => log.push(`server got ${d}`)).on('end', () => socket.end()));
  const { port } = server.address();

  const early = note(log, 'early', net.connect(port, '127.0.0.1'));
  log.push(`connecting ${early.connecting} pending ${early.pending} ${early.readyState} ${early.bytesWritten}`);
  log.push(`write ${early.write('one', () => log.push('written'))} ${early.bytesWritten}`);
  early.end('two');
  early.resume();
  await sleep(50);
  console.log(log.splice(0));

  const given = note(log, 'given', net.connect(port, '127.0.0.1'));
  given.write('never', (error) => log.push(`write ${error?.code}`));
  given.destroy();
  await sleep(30);
  console.log(log.splice(0));

  for (const [name, where] of Object.entries({
    'nobody listens': { port: 1, host: '127.0.0.1' },
    'no such path': { path: path.join(os.tmpdir(), 'no-such-socket') },
    'both families': { port: 1, host: 'localhost', autoSelectFamily: false },
  })) {
    const socket = net.connect(where);
    const error = await new Promise((resolve) => socket.on('error', resolve));
    const { code, syscall, address, message } = error;
    console.log(name, code, syscall, name === 'both families' ? typeof address : address, error.port,
      name.startsWith('no such p') ? message.replace(os.tmpdir(), '<TMP>') : name === 'both families' ? '-' : message);
  }
  for (const options of [{}, { port: 70000 }, { port: -1 }, { port: 'x' }, { port: 1, host: 5 }, { port: 1, lookup: 1 },
    { path: 5 }, { port: 1, localAddress: 'x' }, { port: 1, localPort: 'y' }]) {
    try {
      net.connect(options).on('error', (error) => console.log('event', error.code)).destroy();
      console.log('accepted', options);
    } catch (error) {
      console.log(error.name, error.code, error.message.split('\n')[0]);
    }
  }
  const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'net-')), 's');
  const local = net.createServer((socket) => socket.end('local')).listen(name, () => {
    net.connect(name).setEncoding('utf8').on('data', (d) => console.log(d, local.address() === name))
      .on('close', () => local.close(() => console.log('gone', fs.existsSync(name))));
  });
  server.close();
}

main();
