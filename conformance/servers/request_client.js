// request: the one of 2011 to 2020 that much old code is written on.
'use strict';

const request = require('request');
const { origin, show } = require('./client');

const client = request.defaults({ baseUrl: origin, headers: { 'x-a': 'b' } });

function run(label, uri, options = {}) {
  return show(label, () => new Promise((resolve, reject) => {
    client(uri, options, (error, response, body) => {
      if (error) reject(error);
      else resolve({ status: response.statusCode, body: typeof body === 'string' ? body.slice(0, 400) : body });
    });
  }));
}

(async () => {
  await run('get', '/echo', { qs: { a: [1, 2], b: 'c d' } });
  await run('json', '/echo', { method: 'POST', json: { a: 1 } });
  await run('form', '/echo', { method: 'POST', form: { a: 1, b: [2, 3] } });
  await run('multipart', '/echo', { method: 'POST', formData: { field: 'value', file: { value: Buffer.from('content'), options: { filename: 'f.txt' } } } });
  await run('auth', '/echo', { auth: { user: 'u', pass: 'p' } });
  await run('redirect', '/redirect/2', { jar: true });
  await run('not followed', '/redirect/1', { followRedirect: false });
  await run('status', '/status/500');
  await run('gzip', '/packed/gzip', { gzip: true });
  await run('deflate', '/packed/deflate', { gzip: true });
  await run('timeout', '/slow', { timeout: 100 });
  await run('cut', '/cut');
  await run('forever', '/hello', { forever: true });
  await show('stream', () => new Promise((resolve, reject) => {
    let length = 0;
    client.get('/large').on('error', reject).on('data', (chunk) => { length += chunk.length; }).on('end', () => resolve(length));
  }));
  await show('pipe', () => new Promise((resolve, reject) => {
    let text = '';
    client.get('/hello').pipe(client.post('/echo')).on('error', reject).on('data', (chunk) => { text += chunk; })
      .on('end', () => resolve(JSON.parse(text).body));
  }));
  process.exit();  // The server's answers that never come hold sockets.
})();
