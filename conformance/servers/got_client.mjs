// got: retries, hooks, streams, pagination, time-outs, cancellation.
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import got from 'got';

const { origin, show } = createRequire(import.meta.url)('./client');

const client = got.extend({ prefixUrl: origin, headers: { 'x-a': 'b' }, retry: { limit: 0 } });

await show('get', () => client('echo', { searchParams: { a: 1, b: 'c d' } }).json());
await show('json', () => client.post('echo', { json: { a: 1 } }).json());
await show('form', () => client.post('echo', { form: { a: 1 } }).json());
await show('body', async () => {
  const { statusCode, headers, isFromCache, redirectUrls, body } = await client('hello');
  return { statusCode, length: headers['content-length'], isFromCache, redirectUrls, body };
});
await show('redirect', async () => {
  const { url, redirectUrls } = await client('redirect/2');
  return { url, redirectUrls };
});
await show('status', () => client('status/500'));
await show('allowed', async () => (await client('status/500', { throwHttpErrors: false })).body);
await show('retry', async () => {
  const { retryCount, body } = await client('flaky', { retry: { limit: 3, calculateDelay: ({ computedValue }) => computedValue && 1 } });
  return { retryCount, body };
});
for (const kind of ['gzip', 'deflate', 'br']) await show(kind, async () => (await client(`packed/${kind}`)).body.length);
await show('timeout', () => client('slow', { timeout: { response: 100 } }));
await show('abort', () => client('slow', { signal: AbortSignal.timeout(50) }));
await show('cut', () => client('cut'));
await show('buffer', async () => (await client('large').buffer()).length);
await show('stream', async () => {
  let length = 0;
  for await (const chunk of client.stream('large')) length += chunk.length;
  return length;
});
await show('upload', async () => {
  const upload = client.stream.post('echo');
  const chunks = [];
  await pipeline(Readable.from(['in ', 'pieces']), upload, async (source) => { for await (const c of source) chunks.push(c); });
  return JSON.parse(Buffer.concat(chunks)).body;
});
await show('hooks', () => client('echo', {
  hooks: {
    beforeRequest: [(options) => { options.headers['x-hook'] = 'yes'; }],
    afterResponse: [(response) => { response.body = response.body.replace('yes', 'after'); return response; }],
  },
}).json());
await show('refused', () => got('http://127.0.0.1:1/', { retry: { limit: 0 } }));
