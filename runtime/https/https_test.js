'use strict';
// HTTP over TLS: requests, keep-alive, session resumption by the agent, errors. Node passes it too.

const assert = require('assert');
const fs = require('fs');
const https = require('https');
const path = require('path');
const { once } = require('events');

const read = (name) => fs.readFileSync(path.join(__dirname, '../tls/testdata', name));
const ca = read('ca_cert.pem');

async function request(options, body) {
  const req = https.request(options);
  req.end(body);
  const [response] = await once(req, 'response');
  const { socket } = response;
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, text, socket };
}

(async () => {
  const server = https.createServer({ key: read('server_key.pem'), cert: read('server_cert.pem') }, async (req, res) => {
    let size = 0;
    for await (const chunk of req) size += chunk.length;
    res.end(`${req.method} ${req.url} ${size} ${req.socket.encrypted}`);
  });
  server.listen(0);
  await once(server, 'listening');
  const agent = new https.Agent({ keepAlive: true, ca });
  const options = { port: server.address().port, host: 'localhost', agent, method: 'POST', path: '/x' };
  const first = await request(options, Buffer.alloc(300_000));
  assert.deepStrictEqual([first.status, first.text], [200, 'POST /x 300000 true']);
  const second = await request(options, 'abc');
  assert.strictEqual(second.text, 'POST /x 3 true');
  assert.strictEqual(second.socket, first.socket);
  agent.destroy();
  await assert.rejects(request({ ...options, agent: undefined }, ''), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  server.close();
})();
