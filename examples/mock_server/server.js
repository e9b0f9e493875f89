// A mock server: answers every request from data/user.json and appends the request's URL and time to one log file.
//   ./x run examples/mock_server/server.js
//   curl 127.0.0.1:8002/whatever; cat requests.log
// PORT and LOG in the environment name another port and another log file.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const answer = fs.readFileSync(path.join(__dirname, 'data', 'user.json'));
const log = fs.createWriteStream(process.env.LOG ?? 'requests.log', { flags: 'a' });

const server = http.createServer((request, response) => {
  log.write(`${new Date().toISOString()} ${request.method} ${request.url}\n`);
  request.resume();
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length });
  response.end(answer);
});

server.listen(Number(process.env.PORT ?? 8002), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // What was asked is answered and logged before the process ends.
    server.close(() => log.end());
    server.closeIdleConnections();
  });
}
