// A web server: ./x run examples/server.js, then open http://127.0.0.1:8000/ or `curl 127.0.0.1:8000`.
'use strict';

const http = require('http');

const port = Number(process.env.PORT ?? 8000);
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.end('Hello from Gyre\n');
});
server.listen(port, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
