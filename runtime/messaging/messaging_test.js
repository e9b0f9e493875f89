'use strict';
// structuredClone, channels and broadcasts in one thread. Node passes it too.

const assert = require('assert');
const { once } = require('events');
const { receiveMessageOnPort } = require('worker_threads');

function testClone() {
  const shared = { deep: [new Map([['k', new Date(0)]]), /x/g] };
  shared.self = shared;
  const copy = structuredClone(shared);
  assert.strictEqual(copy.self, copy);
  assert.deepStrictEqual(copy.deep, shared.deep);
  const bytes = new Uint8Array([1, 2, 3]);
  const moved = structuredClone(bytes, { transfer: [bytes.buffer] });
  assert.strictEqual(bytes.length, 0);
  assert.deepStrictEqual([...moved], [1, 2, 3]);
  assert.throws(() => structuredClone(() => {}), { name: 'DataCloneError', code: 25 });
  const exception = structuredClone(new DOMException('m', 'AbortError'));
  assert.ok(exception instanceof DOMException);
  assert.strictEqual(exception.code, 20);
  const buffers = [new SharedArrayBuffer(1), [new SharedArrayBuffer(2), new SharedArrayBuffer(3)]];
  assert.deepStrictEqual(structuredClone(buffers).flat().map((b) => b.byteLength), [1, 2, 3]);
}

async function testChannel() {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ hello: 'world' });
  assert.deepStrictEqual(receiveMessageOnPort(port2), { message: { hello: 'world' } });
  assert.strictEqual(receiveMessageOnPort(port2), undefined);

  const inner = new MessageChannel();
  port1.postMessage({ port: inner.port2 }, [inner.port2]);
  const [{ port }] = await once(port2, 'message');
  port.postMessage('through the transferred port');
  assert.deepStrictEqual(await once(inner.port1, 'message'), ['through the transferred port']);
  const closed = once(inner.port1, 'close');
  port.close();
  await closed;

  port2.onmessage = (event) => {
    assert.ok(event instanceof MessageEvent);
    assert.strictEqual(event.data, 'last');
    port1.close();
  };
  port1.postMessage('last');
  await once(port1, 'close');
}

async function testBroadcast() {
  const [a, b, c] = ['x', 'x', 'y'].map((name) => new BroadcastChannel(name));
  c.onmessage = () => assert.fail('another name');
  a.postMessage([1]);
  const { data } = await new Promise((resolve) => { b.onmessage = resolve; });
  assert.deepStrictEqual(data, [1]);
  for (const channel of [a, b, c]) channel.close();
}

async function testBlob() {
  const blob = new Blob(['h\u00e9', new Uint8Array([33]), new Blob(['?'])], { type: 'Text/Plain' });
  assert.strictEqual(blob.size, 5);
  assert.strictEqual(blob.type, 'text/plain');
  assert.strictEqual(await structuredClone(blob).text(), 'h\u00e9!?');
  assert.strictEqual(await blob.slice(-2).text(), '!?');
  const chunks = [];
  for await (const chunk of blob.stream()) chunks.push(...chunk);
  assert.strictEqual(chunks.length, 5);
  const file = new File([blob], 'a.txt', { lastModified: 7 });
  assert.deepStrictEqual([file.name, file.size, structuredClone(file).lastModified], ['a.txt', 5, 7]);
}

testClone();
testChannel().then(testBroadcast).then(testBlob);
