// The package undici: its request(), fetch(), Pool, Client with pipelining, interceptors, MockAgent, and its WebSocket parts.
'use strict';

const { Readable } = require('stream');
const undici = require('undici');
const { origin, show } = require('./client');

async function requests() {
  const read = async ({ statusCode, headers, body }) => ({ statusCode, type: headers['content-type'], body: await body.json() });
  await show('get', async () => read(await undici.request(`${origin}/echo?a=1`, { headers: { 'x-a': 'b' } })));
  await show('post', async () => read(await undici.request(`${origin}/echo`, { method: 'POST', body: Readable.from(['in ', 'pieces']) })));
  await show('text', async () => (await undici.request(`${origin}/hello`)).body.text());
  await show('trailers', async () => {
    const { body, trailers } = await undici.request(`${origin}/trailers`);
    return [await body.text(), trailers];
  });
  await show('timeout', () => undici.request(`${origin}/slow`, { headersTimeout: 100 }));
  await show('abort', () => undici.request(`${origin}/slow`, { signal: AbortSignal.timeout(50) }));
  await show('cut', async () => (await undici.request(`${origin}/cut`)).body.text());
  await show('refused', () => undici.request('http://127.0.0.1:1/'));
  await show('stream', async () => {
    const chunks = [];
    const { Writable } = require('stream');
    await undici.stream(`${origin}/large`, { method: 'GET' }, () => new Writable({ write(chunk, encoding, done) { chunks.push(chunk.length); done(); } }));
    return chunks.reduce((a, b) => a + b);
  });
}

async function pools() {
  const client = new undici.Client(origin, { pipelining: 5 });
  await show('pipelining', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5].map((i) => client.request({ method: 'GET', path: `/echo?${i}` })));
    return Promise.all(all.map(async ({ body }) => (await body.json()).url));
  });
  await client.close();
  const pool = new undici.Pool(origin, { connections: 2 });
  await show('pool', async () => (await Promise.all(Array.from({ length: 20 }, () => pool.request({ method: 'GET', path: '/hello' })
    .then(({ body }) => body.text())))).join('').length);
  await pool.destroy();
  const retrying = new undici.Agent().compose(undici.interceptors.retry({ maxRetries: 3, minTimeout: 1 }));
  await show('retry', async () => (await undici.request(`${origin}/flaky`, { dispatcher: retrying })).body.text());
  const redirecting = new undici.Agent().compose(undici.interceptors.redirect({ maxRedirections: 3 }));
  await show('redirect', async () => (await (await undici.request(`${origin}/redirect/2`, { dispatcher: redirecting })).body.json()).url);
  await Promise.all([retrying.close(), redirecting.close()]);
}

async function mocks() {
  const agent = new undici.MockAgent();
  agent.disableNetConnect();
  agent.get('http://mocked.test').intercept({ path: '/a' }).reply(200, { mocked: true });
  await show('mock', async () => (await undici.request('http://mocked.test/a', { dispatcher: agent })).body.json());
  await show('no mock', () => undici.request('http://mocked.test/b', { dispatcher: agent }));
  await agent.close();
}

async function fetches() {
  await show('fetch', async () => (await undici.fetch(`${origin}/echo`, { method: 'POST', body: new undici.FormData() })).status);
  for (const kind of ['gzip', 'deflate', 'br']) await show(kind, async () => (await (await undici.fetch(`${origin}/packed/${kind}`)).text()).length);
  await show('fetch cut', async () => (await undici.fetch(`${origin}/cut`)).text());
  await show('clone', async () => {
    const response = await undici.fetch(`${origin}/hello`);
    return [await response.clone().text(), await response.text()];
  });
}

(async () => {
  await requests();
  await pools();
  await mocks();
  await fetches();
  await undici.getGlobalDispatcher().destroy();
})();
