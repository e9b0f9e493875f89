// An upgrade behind requests without an answer yet: the answers leave by the socket that was taken away, in order.
'use strict';

const net = require('net');
const { serve } = require('./common/raw');

async function main() {
  const held = [];
  const server = await serve({}, (req, res) => {
    res.sendDate = false;
    res.on('finish', () => console.log('finish', req.url));
    held.push(res);
  });
  server.on('upgrade', (req, socket, head) => {
    console.log('upgrade', req.url, String(head), held[0].socket === socket, held[1].socket);
    held[1].end('second', () => socket.end('bytes of another protocol'));
    setTimeout(() => held[0].end('first'), 10);
  });
  const client = net.connect(server.address().port, '127.0.0.1');
  client.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n' +
    'GET /3 HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\nhead');
  let text = '';
  client.setEncoding('latin1').on('data', (chunk) => { text += chunk; }).on('close', () => {
    console.log(text.replaceAll('\r', ''));
    server.close();
  });
}

main();
