// A Koa application; it prints its port. compare.py asks it with curl.
'use strict';

const fs = require('fs');
const Koa = require('koa');

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const routes = {
  '/': (ctx) => { ctx.body = 'hello from koa'; },
  '/json': (ctx) => { ctx.body = { query: ctx.query, accepts: ctx.accepts('html', 'json'), ip: ctx.ip, fresh: ctx.fresh }; },
  '/echo': async (ctx) => {
    ctx.status = 201;
    ctx.body = { type: ctx.is('json', 'urlencoded'), length: ctx.request.length, body: await bodyOf(ctx.req) };
  },
  '/stream': (ctx) => {
    ctx.type = 'json';
    ctx.body = fs.createReadStream(require.resolve('koa/package.json'));
  },
  '/etag': (ctx) => {
    ctx.etag = 'fixed';
    ctx.body = 'tagged';
    if (ctx.fresh) ctx.status = 304;
  },
  '/cookie': (ctx) => {
    ctx.cookies.set('name', ctx.cookies.get('name') ?? 'first');
    ctx.status = 204;
  },
  '/redirect': (ctx) => ctx.redirect('/'),
  '/throws': (ctx) => ctx.throw(422, 'not like this', { expose: true }),
  '/response': (ctx) => { ctx.body = new Response('of the web', { headers: { 'x-web': 'yes' } }); },
};

const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  await next();
  ctx.set('X-Status', String(ctx.status));
});
app.use((ctx, next) => (Object.hasOwn(routes, ctx.path) ? routes[ctx.path](ctx) : next()));

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
