'use strict';

// Reads the Response that WebAssembly.compileStreaming() or instantiateStreaming() was given: called by the binding for
// each such call. `stream` takes the bytes; V8 compiles as they come.

internalBinding('fetch');  // Has the class of `stream`.
const { codes: { ERR_INVALID_ARG_TYPE, ERR_WEBASSEMBLY_RESPONSE } } = require('internal/errors');
const { isAnyArrayBuffer } = require('internal/util/types');

function checkResponse(source) {
  const { Response } = require('internal/deps/undici/lib/web/fetch/response');
  if (!(source instanceof Response)) {
    throw new ERR_INVALID_ARG_TYPE('source', ['Response', 'Promise resolving to Response'], source);
  }
  const type = source.headers.get('Content-Type');
  if (type !== 'application/wasm') throw new ERR_WEBASSEMBLY_RESPONSE(`has unsupported MIME type '${type}'`);
  if (!source.ok) throw new ERR_WEBASSEMBLY_RESPONSE(`has status code ${source.status}`);
  if (source.bodyUsed) throw new ERR_WEBASSEMBLY_RESPONSE('body has already been used');
}

async function pushBody(stream, body) {
  for await (const chunk of body ?? []) {
    if (!ArrayBuffer.isView(chunk) && !isAnyArrayBuffer(chunk)) {
      throw Object.assign(new TypeError('chunk must be an ArrayBufferView or an ArrayBuffer'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    stream.push(chunk);
  }
}

// Never throws or rejects: V8's promise is told through the stream.
async function readWasmResponse(stream, source) {
  try {
    checkResponse(source);
    if (source.url) stream.setUrl(source.url);
    await pushBody(stream, source.body);
  } catch (error) {
    stream.abort(error);
    return;
  }
  stream.finish();
}

module.exports = { readWasmResponse };
