// HEAD, 204 and 304 have no body, whatever is written; lengths, chunks and trailers as they were asked for.
'use strict';

const { exchange, serve } = require('./common/raw');

const listeners = {
  '/end': (req, res) => res.end('body'),
  '/write': (req, res) => { res.write('body'); res.end('more'); },
  '/length': (req, res) => { res.setHeader('Content-Length', 4); res.end('body'); },
  '/204': (req, res) => { res.statusCode = 204; res.end('body'); },
  '/304': (req, res) => { res.writeHead(304); res.write('body'); res.end(); },
  '/trailers': (req, res) => {
    try {
      res.writeHead(200, { Trailer: 'X-T' });
    } catch (error) {
      console.log(error.code, error.message);
    }
    res.write('body');
    res.addTrailers({ 'X-T': 'value' });
    res.end();
  },
  '/no-te': (req, res) => { res.removeHeader('transfer-encoding'); res.write('body'); res.end(); },
  '/no-date': (req, res) => { res.sendDate = false; res.removeHeader('connection'); res.end('body'); },
  '/strict': (req, res) => {
    res.strictContentLength = true;
    res.setHeader('Content-Length', 3);
    try {
      res.end('body');
    } catch (error) {
      console.log(error.code, error.message);
      res.destroy();
    }
  },
  '/corked': (req, res) => {
    res.cork();
    res.write('bo');
    res.write('dy');
    res.uncork();
    res.end();
  },
  '/latin1': (req, res) => res.end('\u00e4\u00f6', 'latin1'),
  '/hex': (req, res) => { res.write('626f', 'hex'); res.end('ZHk=', 'base64'); },
  '/empty': (req, res) => res.end(),
  '/flush': (req, res) => { res.flushHeaders(); setTimeout(() => res.end('late'), 10); },
};

async function main() {
  const server = await serve({}, (req, res) => listeners[req.url](req, res));
  const { port } = server.address();
  for (const path of Object.keys(listeners)) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await exchange(port, `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      console.log(method, path, JSON.stringify(answer.replace(/Date: [^\r]*/, 'Date')));
    }
  }
  server.close();
}

main();
