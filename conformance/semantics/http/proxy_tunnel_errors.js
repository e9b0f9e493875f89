// What a proxy that opens no tunnel is called, and what is no proxy.
'use strict';

const https = require('https');
const net = require('net');

const proxy = net.createServer((socket) => socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.1 500 no\r\n\r\n')));

function request(before, after) {
  const { port } = proxy.address();
  const agent = new https.Agent({ proxyEnv: { HTTPS_PROXY: `${before}127.0.0.1:${port}${after}` } });
  return new Promise((resolve) => {
    https.get({ host: '127.0.0.1', port: 1, agent }).on('error', ({ code, message }) => {
      console.log(before, after, code, message.replace(port, '<port>'));
      resolve();
    });
  });
}

proxy.listen(0, '127.0.0.1', async () => {
  await request('http://', '');
  await request('http://', '/');
  await request('http://user:secret@', '');
  await request('http://user:secret@', '/path?query');
  await request('HTTP://', '');
  await request('socks://', '');
  proxy.close();
});
