// The compatibility API: what a handler of http sees over HTTP/2.
'use strict';

const http2 = require('http2');
const { collect } = require('./common/pair');

const server = http2.createServer((req, res) => {
  console.log(req.method, req.url, req.httpVersion, req.authority === `127.0.0.1:${server.address().port}`, req.scheme);
  res.setHeader('X-Thing', ['a', 'b']);
  res.statusCode = 201;
  console.log(res.headersSent, res.getHeader('x-thing'), res.getHeaderNames(), res.hasHeader('X-THING'));
  for (const name of [':status', 'bad name']) {
    try {
      res.setHeader(name, 'x');
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
  let body = '';
  req.setEncoding('utf8').on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    res.setTrailer('x-length', body.length);
    res.write('got ');
    res.end(body, () => console.log('ended', res.headersSent, res.writableEnded, res.finished));
  });
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const request = client.request({ ':method': 'PUT', ':path': '/thing?q' });
  request.end('content');
  const { status, headers, body, trailers } = await collect(request);
  console.log(status, headers['x-thing'], body, trailers['x-length']);
  client.close();
  server.close();
});
