// What a server reads from a connection is one resource, triggered by the socket; the answer to each request is one of the
// client's, and goes when it has come.
const http = require('http');
const { follow } = require('./common/follow');

const followed = follow(['TickObject', 'PROMISE', 'DNSCHANNEL', 'Timeout', 'WRITEWRAP', 'TCPCONNECTWRAP', 'SHUTDOWNWRAP']);
const seen = [];
const note = (what) => seen.push(`${what}: ${followed.where()}`);

const server = http.createServer((req, res) => {
  note('request');
  req.on('data', () => note('its data'));
  req.on('end', () => {
    note('its end');
    res.end('answer');
  });
  res.on('close', () => note('response closed'));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true });
  let left = 2;
  (function next() {
    http.request({ host: '127.0.0.1', port, agent, method: 'POST' }, (res) => {
      note('answer');
      res.on('data', () => note('data'));
      res.on('end', () => {
        note('end');
        // The socket is free by then.
        setTimeout(() => {
          seen.push(`gone: ${followed.destroyed.filter((name) => name.startsWith('HTTP')).join(', ')}`);
          if (--left > 0) return next();
          agent.destroy();
          server.close();
        }, 20);
      });
    }).end('question');
  })();
});

process.on('exit', () => {
  followed.end();
  console.log(followed.made.filter((line) => line.startsWith('HTTP')).join('\n'));
  console.log(seen.join('\n'));
  console.log(followed.destroyed.filter((name) => name.startsWith('HTTP')).sort().join(', '));
});
