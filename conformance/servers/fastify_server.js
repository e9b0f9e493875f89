// A Fastify application with schemas, hooks and a plugin; it prints its port. compare.py asks it with curl.
'use strict';

const fs = require('fs');
const fastify = require('fastify');

const app = fastify({ bodyLimit: 1000 });

app.addHook('onRequest', async (request, reply) => { reply.header('x-hook', request.method); });
app.addHook('onSend', async (request, reply, payload) => (typeof payload === 'string' ? payload.replace('SENT', 'sent') : payload));

app.get('/', async () => 'hello from fastify, SENT');
app.get('/users/:id', {
  schema: {
    params: { type: 'object', properties: { id: { type: 'integer' } } },
    response: { 200: { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } } },
  },
}, async (request) => ({ id: request.params.id, name: 'a name', secret: 'not in the schema' }));
app.post('/echo', {
  schema: { body: { type: 'object', required: ['a'], properties: { a: { type: 'number' } } } },
}, async (request, reply) => reply.code(201).send({ body: request.body, ip: request.ip }));
app.addContentTypeParser('text/x-upper', { parseAs: 'string' }, async (request, body) => body.toUpperCase());
app.post('/upper', async (request) => request.body);
app.get('/stream', (request, reply) => reply.type('application/json').send(fs.createReadStream(require.resolve('fastify/package.json'))));
app.get('/redirect', (request, reply) => reply.redirect('/'));
app.get('/throws', async () => { throw Object.assign(new Error('thrown in a handler'), { statusCode: 418 }); });
app.register(async (scope) => {
  scope.decorateRequest('user', 'nobody');
  scope.get('/who', async (request) => ({ user: request.user }));
}, { prefix: '/in' });

app.listen({ port: 0, host: '127.0.0.1' }).then(async () => {
  console.log(app.server.address().port);
  const injected = await app.inject('/in/who');
  console.log(injected.statusCode, injected.payload);
});
