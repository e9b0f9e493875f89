// The hello world server of every runtime that has node:http. http_hello.cjs PORT
const http = require('node:http');

http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 12 });
  response.end('hello world\n');
}).listen(Number(process.argv[2]), '127.0.0.1');
