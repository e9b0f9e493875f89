'use strict';

// What is kept of a program's requests for frontends: how much, and how it is read. Node keeps everything.

const assert = require('assert');
const { Network, NetworkResources, Session } = require('inspector');

const session = new Session();
session.connect();

function post(method, params) {
  let answer;
  session.post(method, params, (error, result) => { answer = error?.message ?? result; });
  return answer;
}

const kAt = { timestamp: 1, wallTime: 1 };
function request(requestId) {
  Network.requestWillBeSent({ ...kAt, requestId, request: { url: 'http://x', method: 'GET', headers: {} } });
}
function receive(requestId, data) {
  Network.dataReceived({ ...kAt, requestId, dataLength: data.length, encodedDataLength: data.length, data });
}
// Asks for what is not finished, whose answer is short.
const isKept = (requestId) => {
  const answer = post('Network.getRequestPostData', { requestId });
  assert.match(answer, /Request not found|Request data is not finished yet/);
  return !answer.includes('not found');
};

post('Network.enable');

// The oldest bodies go when they are too much.
{
  const large = Buffer.alloc(30 * 1024 * 1024);
  for (const id of ['1', '2', '3', '4']) request(id);
  for (const id of ['1', '2', '3']) receive(id, large);
  assert.deepStrictEqual(['1', '2', '3', '4'].map(isKept), [true, true, true, true]);
  receive('4', large);
  assert.deepStrictEqual(['1', '2', '3', '4'].map(isKept), [false, true, true, true]);
  // What failed, or began again, is not counted any more.
  Network.loadingFailed({ ...kAt, requestId: '2', type: 'Other', errorText: 'x' });
  request('3');
  receive('4', large);
  receive('3', large);
  assert.deepStrictEqual(['2', '3', '4'].map(isKept), [false, true, true]);
  // One that is too large alone.
  receive('4', Buffer.alloc(101 * 1024 * 1024));
  assert.deepStrictEqual(['3', '4'].map(isKept), [true, false]);
}

// And the oldest requests.
{
  for (let i = 0; i < 1001; i++) request(`many ${i}`);
  assert.deepStrictEqual(['many 0', 'many 1', 'many 1000'].map(isKept), [false, true, true]);
}

// Parts of a text end with its characters.
{
  const text = 'a\u00e9\u20ac\u{1f600}b';
  NetworkResources.put('http://x/map', text);
  for (const size of [1, 2, 3, 5, 100]) {
    const { resource: { stream } } = post('Network.loadNetworkResource', { url: 'http://x/map', options: {} });
    const parts = [];
    for (let eof = false; !eof;) {
      const part = post('IO.read', { handle: stream, size });
      ({ eof } = part);
      parts.push(part.data);
    }
    if (size >= 4) assert.strictEqual(parts.join(''), text);
    assert.ok(parts.length <= Buffer.byteLength(text), `${size}: ${parts.length} parts`);
    post('IO.close', { handle: stream });
  }
}

// Commands of frontends are theirs to get wrong.
{
  const refused = 'Inspector error -32602: Invalid parameters';
  assert.strictEqual(post('NodeWorker.sendMessageToWorker', { sessionId: '1', message: 5 }), refused);
  assert.strictEqual(post('NodeWorker.sendMessageToWorker', { sessionId: '1' }), refused);
}
session.disconnect();
