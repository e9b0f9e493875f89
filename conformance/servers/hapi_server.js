// A hapi application; it prints its port. compare.py asks it with curl.
'use strict';

const fs = require('fs');
const Hapi = require('@hapi/hapi');

const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false });

server.state('name', { isSecure: false, isHttpOnly: true, encoding: 'base64json' });
server.ext('onPreResponse', (request, h) => {
  const { response } = request;
  if (response.isBoom) response.output.headers['x-ext'] = 'error';
  else response.header('x-ext', 'fine');
  return h.continue;
});
server.auth.scheme('by-header', () => ({
  authenticate(request, h) {
    const { user } = request.headers;
    return user ? h.authenticated({ credentials: { user } }) : h.unauthenticated(new Error('no user'));
  },
}));
server.auth.strategy('header', 'by-header');
server.method('square', (x) => x * x, { cache: { expiresIn: 1000, generateTimeout: 100 } });

server.route([
  { method: 'GET', path: '/', handler: () => 'hello from hapi' },
  { method: 'GET', path: '/users/{id}/{rest*}', handler: (request) => ({ params: request.params, query: request.query }) },
  { method: 'POST', path: '/echo', handler: (request, h) => h.response({ payload: request.payload, mime: request.mime }).code(201) },
  { method: 'POST', path: '/stream-in', options: { payload: { output: 'stream', parse: false } }, handler: async (request) => {
    let length = 0;
    for await (const chunk of request.payload) length += chunk.length;
    return { length };
  } },
  { method: 'GET', path: '/stream', handler: (request, h) => h.response(fs.createReadStream(require.resolve('@hapi/hapi/package.json'))).type('application/json') },
  { method: 'GET', path: '/cookie', handler: (request, h) => h.response({ was: request.state }).state('name', { a: 1 }) },
  { method: 'GET', path: '/private', options: { auth: 'header' }, handler: (request) => request.auth.credentials },
  { method: 'GET', path: '/square/{x}', handler: (request) => server.methods.square(Number(request.params.x)) },
  { method: 'GET', path: '/redirect', handler: (request, h) => h.redirect('/') },
  { method: 'GET', path: '/throws', handler: () => { throw new Error('thrown in a handler'); } },
]);

server.start().then(() => console.log(server.info.port));
