'use strict';
// Agents with the option proxyEnv, and http.setGlobalProxyFromEnv(). The proxy is a server of the same process.

const assert = require('assert');
const { once } = require('events');
const http = require('http');

async function listen(listener) {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function get(options) {
  const [response] = await once(http.get(options), 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}

async function main() {
  const target = await listen((req, res) => res.end('from the target'));
  const seen = [];
  const proxy = await listen((req, res) => {
    seen.push([req.url, req.headers.host, req.headers['proxy-connection'], req.headers['proxy-authorization']]);
    res.end('from the proxy');
  });
  const url = `http://127.0.0.1:${target.address().port}/path?query`;
  const host = `127.0.0.1:${target.address().port}`;
  const proxyUrl = `http://user:pass%20word@127.0.0.1:${proxy.address().port}`;
  const agentFor = (env) => new http.Agent({ proxyEnv: env });
  const fromUrl = (agent) => ({ agent, host: '127.0.0.1', port: target.address().port, path: '/path?query' });

  assert.strictEqual(await get(fromUrl(agentFor({ http_proxy: proxyUrl }))), 'from the proxy');
  assert.deepStrictEqual(seen.splice(0), [[url, host, 'close', `Basic ${btoa('user:pass word')}`]]);
  for (const env of [{ HTTPS_PROXY: proxyUrl }, {}, { HTTP_PROXY: proxyUrl, NO_PROXY: 'example.com, 127.0.0.0-127.0.0.9' }]) {
    assert.strictEqual(await get(fromUrl(agentFor(env))), 'from the target');
  }
  for (const pattern of ['*', '127.0.0.1', host]) {
    assert.strictEqual(await get(fromUrl(agentFor({ HTTP_PROXY: proxyUrl, no_proxy: pattern }))), 'from the target');
  }
  assert.strictEqual(await get(fromUrl(agentFor({ HTTP_PROXY: 'nonsense' }))), 'from the target');
  assert.throws(() => agentFor({ HTTP_PROXY: 'http://256.0.0.1' }), {
    code: 'ERR_PROXY_INVALID_CONFIG', message: 'Invalid proxy URL: http://256.0.0.1',
  });
  const agent = agentFor({ HTTP_PROXY: proxyUrl });
  assert.throws(() => http.get({ ...fromUrl(agent), headers: { Host: 'other' } }), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => http.get({ ...fromUrl(agent), path: 'http://other/' }), { code: 'ERR_INVALID_ARG_VALUE' });

  const restore = http.setGlobalProxyFromEnv({ http_proxy: proxyUrl });
  assert.strictEqual(await get({ ...fromUrl(undefined) }), 'from the proxy');
  restore();
  assert.strictEqual(await get({ ...fromUrl(undefined) }), 'from the target');
  assert.throws(() => http.setGlobalProxyFromEnv('text'), { code: 'ERR_INVALID_ARG_TYPE' });
  http.globalAgent.destroy();
  target.close();
  proxy.close();
}

main();
