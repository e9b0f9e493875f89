// What becomes of headers that come twice: on the way in and on the way out.
'use strict';

const { exchange, serve } = require('./common/raw');

const lines = [
  'Host: a', 'Host: b', 'Content-Type: text/plain', 'Content-Type: text/html', 'Cookie: a=1', 'cookie: b=2', 'Set-Cookie: x',
  'Set-Cookie: y', 'Accept: 1', 'accept: 2', 'Age: 1', 'AGE: 2', 'X-A: 1', 'X-a: 2', 'constructor: c', '__proto__: p',
  'Authorization: one', 'Authorization: two', 'X-Empty:', 'X-Empty: z',
];

async function main() {
  for (const joinDuplicateHeaders of [false, true]) {
    const server = await serve({ joinDuplicateHeaders, uniqueHeaders: ['x-unique'] }, (req, res) => {
      console.log(req.headers);
      console.log(req.headersDistinct);
      console.log(req.rawHeaders.join('|'));
      res.setHeader('X-List', ['1', '2']);
      res.appendHeader('X-List', '3');
      res.setHeader('x-unique', ['1', '2']);
      res.setHeader('Set-Cookie', ['a', 'b']);
      res.setHeader('Cookie', ['a', 'b']);
      console.log(res.getHeaders(), res.getHeaderNames(), res.getRawHeaderNames(), res.hasHeader('SET-COOKIE'));
      res.end();
    });
    const answer = await exchange(server.address().port, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    console.log(answer.replace(/Date: [^\r]*/, 'Date').split('\r\n'));
    server.close();
  }
}

main();
