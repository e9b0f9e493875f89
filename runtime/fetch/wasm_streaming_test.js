// WebAssembly.compileStreaming() and instantiateStreaming(): of what, and what they say to the rest.
'use strict';

const assert = require('assert');

const bytes = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0]);
const headers = { 'content-type': 'application/wasm' };

function rejects(source, expected) {
  return assert.rejects(WebAssembly.compileStreaming(source), expected);
}

function responseError(message) {
  return { name: 'TypeError', code: 'ERR_WEBASSEMBLY_RESPONSE', message: `WebAssembly response ${message}` };
}

async function compiles() {
  assert.ok(await WebAssembly.compileStreaming(new Response(bytes, { headers })) instanceof WebAssembly.Module);
  const { module, instance } = await WebAssembly.instantiateStreaming(Promise.resolve(new Response(bytes, { headers })));
  assert.ok(module instanceof WebAssembly.Module);
  assert.ok(instance instanceof WebAssembly.Instance);
}

async function compilesWhatComesInPieces() {
  const body = new ReadableStream({
    pull(controller) {
      this.position ??= 0;
      if (this.position === bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(this.position, ++this.position));
    },
  });
  assert.ok(await WebAssembly.compileStreaming(new Response(body, { headers })) instanceof WebAssembly.Module);
}

async function refuses() {
  await rejects(new Response(bytes), responseError("has unsupported MIME type 'null'"));
  await rejects(new Response(bytes, { headers: { 'content-type': 'text/html' } }),
                responseError("has unsupported MIME type 'text/html'"));
  await rejects(new Response(bytes, { headers, status: 404 }), responseError('has status code 404'));
  const used = new Response(bytes, { headers });
  await used.arrayBuffer();
  await rejects(used, responseError('body has already been used'));
  await rejects(undefined, {
    code: 'ERR_INVALID_ARG_TYPE',
    message: 'The "source" argument must be an instance of Response or an Promise resolving to Response. Received undefined',
  });
}

async function failsAsTheBodyDoes() {
  const reason = new Error('of the stream');
  await rejects(new Response(new ReadableStream({ start(c) { c.error(reason); } }), { headers }), reason);
  await rejects(new Response(new ReadableStream({ start(c) { c.enqueue('text'); c.close(); } }), { headers }),
                { code: 'ERR_INVALID_ARG_TYPE', message: 'chunk must be an ArrayBufferView or an ArrayBuffer' });
  await rejects(new Response('abc', { headers }), WebAssembly.CompileError);
  await rejects(new Response(null, { headers }), WebAssembly.CompileError);
  await rejects(Promise.reject(reason), reason);
}

(async () => {
  await compiles();
  await compilesWhatComesInPieces();
  await refuses();
  await failsAsTheBodyDoes();
  console.log('ok');
})();
