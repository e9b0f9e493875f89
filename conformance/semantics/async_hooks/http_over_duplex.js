// Over a stream that is no socket a server's requests are the same resource; the stream, which is none, has its id only.
const http = require('http');
const { duplexPair } = require('stream');
const { follow } = require('./common/follow');

const followed = follow();
const [client, connection] = duplexPair();
http.createServer((req, res) => {
  console.log('request:', followed.where());
  req.on('data', () => console.log('data:', followed.where()));
  req.on('end', () => {
    console.log('end:', followed.where());
    res.end();
  });
}).emit('connection', connection);
client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndata');
client.resume();
setTimeout(() => {
  client.destroy();
  connection.destroy();
  setTimeout(() => console.log(followed.destroyed.filter((name) => name.startsWith('HTTP')).join(', ')), 20);
}, 20);
