// A response over a stream that is no socket: what is written, in which order, and when it counts as finished.
'use strict';

const { ServerResponse } = require('http');
const { Writable } = require('stream');

function respond(label, answer) {
  return new Promise((resolve) => {
    const log = [];
    const response = new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 });
    response.sendDate = false;
    response.assignSocket(new Writable({
      write(chunk, encoding, callback) {
        log.push(JSON.stringify(chunk.toString('latin1').replace(/^HTTP[^]*\r\n\r\n/, 'head ')));
        setImmediate(() => {
          log.push('written');
          callback();
        });
      },
    }));
    response.on('prefinish', () => log.push('prefinish'));
    response.on('finish', () => {
      log.push('finish');
      setImmediate(() => {
        console.log(`${label}: ${log.join(', ')}`);
        resolve();
      });
    });
    answer(response, log);
  });
}

(async () => {
  await respond('text', (response, log) => response.end('hello', () => log.push('callback')));
  await respond('bytes', (response) => response.end(Buffer.from('hello')));
  await respond('other encodings', (response) => response.end('6869', 'hex'));
  await respond('chunks', (response) => {
    response.write('a');
    response.end('c');
  });
  await respond('of a known length', (response) => {
    response.setHeader('content-length', 2);
    response.write('a');
    response.end('b');
  });
  await respond('nothing', (response) => response.end());
  await respond('nothing after all', (response) => {
    response.setHeader('content-length', 2);
    response.write('ab');
    response.end();
  });
  await respond('no bytes', (response) => response.end(Buffer.alloc(0)));
  await respond('no bytes after some', (response) => {
    response.write('a');
    response.end(Buffer.alloc(0));
  });
  await respond('head first', (response) => {
    response.flushHeaders();
    response.end('x');
  });
})();
