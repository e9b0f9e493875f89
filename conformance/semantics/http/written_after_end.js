// What write(), end(), headers and destroy() say when the answer is out already.
'use strict';

const { exchange, serve, summary } = require('./common/raw');

const said = [];

function attempt(name, action) {
  try {
    const result = action();
    said.push(`${name}: ${typeof result === 'object' ? 'itself' : result}`);
  } catch (error) {
    said.push(`${name}: ${error.code} ${error.message}`);
  }
}

async function main() {
  const server = await serve({}, (req, res) => {
    res.on('error', (error) => said.push(`error event ${error.code}`));
    res.on('finish', () => said.push('finish'));
    res.on('close', () => said.push('close'));
    res.end('done');
    attempt('write', () => res.write('more', (error) => said.push(`write callback ${error?.code}`)));
    attempt('end', () => res.end(() => said.push('end callback')));
    attempt('end with data', () => res.end('more', (error) => said.push(`end with data callback ${error?.code}`)));
    attempt('setHeader', () => res.setHeader('a', 'b'));
    attempt('appendHeader', () => res.appendHeader('a', 'b'));
    attempt('removeHeader', () => res.removeHeader('a'));
    attempt('writeHead', () => res.writeHead(200));
    attempt('writeHead bad', () => res.writeHead(99));
    attempt('getHeader', () => res.getHeader('a'));
    attempt('flushHeaders', () => res.flushHeaders());
    attempt('writeInformation', () => res.writeProcessing());
    attempt('write null', () => res.write(null));
    attempt('write a number', () => res.write(1));
    attempt('addTrailers', () => res.addTrailers({ a: 'b' }));
    attempt('destroy', () => res.destroyed);
    said.push(`ended ${res.writableEnded} finished ${res.writableFinished} writable ${res.writable} sent ${res.headersSent}`);
  });
  const answer = await exchange(server.address().port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  console.log(summary(answer), JSON.stringify(answer.slice(answer.indexOf('\r\n\r\n'))));
  console.log(said.join('\n'));
  server.close();
}

main();
