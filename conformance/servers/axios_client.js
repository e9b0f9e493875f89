// axios: its node:http adapter and its fetch adapter.
'use strict';

const http = require('http');
const axios = require('axios');
const { origin, show } = require('./client');

const pick = ({ status, data, headers }) => ({ status, data: typeof data === 'string' ? data.slice(0, 60) : data, type: headers['content-type'] });

function form() {
  const data = new FormData();
  data.append('field', 'value');
  data.append('file', new Blob(['content'], { type: 'text/plain' }), 'name.txt');
  return data;
}

async function talk(adapter) {
  const client = axios.create({ baseURL: origin, adapter, headers: { 'x-a': 'b' } });
  const run = (label, action) => show(`${adapter} ${label}`, action);
  await run('get', async () => pick(await client.get('/echo', { params: { a: [1, 2], b: 'c d' } })));
  await run('json', async () => pick(await client.post('/echo', { a: 1 })));
  await run('form', async () => pick(await client.post('/echo', new URLSearchParams({ a: '1' }))));
  await run('multipart', async () => pick(await client.post('/echo', form())));
  await run('status', () => client.get('/status/404'));
  await run('allowed', async () => pick(await client.get('/status/404', { validateStatus: () => true })));
  await run('redirect', async () => pick(await client.get('/redirect/2')));
  for (const kind of ['gzip', 'deflate', 'br']) await run(kind, async () => pick(await client.get(`/packed/${kind}`)));
  await run('timeout', () => client.get('/slow', { timeout: 100 }));
  await run('abort', () => client.get('/slow', { signal: AbortSignal.timeout(50) }));
  await run('cut', () => client.get('/cut'));
  await run('bytes', async () => (await client.get('/large', { responseType: 'arraybuffer' })).data.byteLength);
  await run('limit', () => client.get('/large', { maxContentLength: 1000 }));
  await run('auth', async () => pick(await client.put('/echo', 'text', { auth: { username: 'u', password: 'p' } })));
}

(async () => {
  await talk('http');
  await talk('fetch');
  const streamed = await axios.get(`${origin}/large`, { responseType: 'stream' });
  let length = 0;
  for await (const chunk of streamed.data) length += chunk.length;
  console.log('stream', length);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const all = await Promise.all([1, 2, 3].map((i) => axios.get(`${origin}/echo?${i}`, { httpAgent: agent })));
  console.log('agent', all.map(({ data }) => data.url).join());
  agent.destroy();
  const client = axios.create({ baseURL: origin });
  client.interceptors.request.use((config) => { config.headers.set('x-intercepted', 'yes'); return config; });
  client.interceptors.response.use(({ data }) => data.headers['x-intercepted']);
  await show('interceptors', () => client.get('/echo'));
})();
