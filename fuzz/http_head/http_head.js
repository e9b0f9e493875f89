'use strict';
// The head of an outgoing message. The properties: whatever a program sets is refused with a documented code, or read by
// our own parser as exactly one message with these headers and no more (no response splitting). The input is lines
// 'name: value'; the first is the status message or the path.

const assert = require('assert');
const { Buffer } = require('buffer');
const { OutgoingMessage, ServerResponse, IncomingMessage } = require('http');
const { Parser } = internalBinding('http');

const CODES = new Set([
  'ERR_INVALID_HTTP_TOKEN', 'ERR_INVALID_CHAR', 'ERR_HTTP_INVALID_HEADER_VALUE', 'ERR_HTTP_TRAILER_INVALID',
  'ERR_HTTP_CONTENT_LENGTH_MISMATCH', 'ERR_HTTP_INVALID_STATUS_CODE',
]);

function attempt(call) {
  try {
    call();
    return true;
  } catch (error) {
    assert.ok(CODES.has(error.code), error.stack);
    return false;
  }
}

function read(head) {
  const seen = [];
  const parser = new Parser(true, 1 << 20, 0, 0);
  parser.onhead = (status, message, block) => {
    seen.push({ status, message, block });
    return 1;
  };
  parser.onbody = () => {};
  parser.oncomplete = () => {};
  parser.execute(Buffer.from(head, 'latin1'));
  return seen;
}

function headOf(response) {
  response.flushHeaders();
  return response._header;
}

module.exports = function httpHeadProperty(bytes) {
  const [reason, ...lines] = Buffer.from(bytes).latin1Slice().split('\n');
  const response = new ServerResponse(new IncomingMessage(null));
  const wanted = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1);
    const lower = name.toLowerCase();
    // These steer the message: what they do is not this target's.
    if (/^(connection|keep-alive|content-length|transfer-encoding|date|trailer|upgrade)$/.test(lower)) continue;
    if (attempt(() => response.setHeader(name, value))) wanted.set(lower, value.replace(/^[ \t]+|[ \t]+$/g, ''));
  }
  response.sendDate = false;
  if (!attempt(() => response.writeHead(200, reason))) return;
  const heads = read(headOf(response));
  assert.strictEqual(heads.length, 1, JSON.stringify(response._header));
  assert.strictEqual(heads[0].message, reason, JSON.stringify(response._header));
  const parts = heads[0].block.split('\n');
  const found = new Map();
  for (let n = 0; n + 1 < parts.length; n += 2) found.set(parts[n].toLowerCase(), parts[n + 1]);
  for (const own of ['connection', 'transfer-encoding', 'keep-alive']) found.delete(own);
  assert.deepStrictEqual(new Map([...found].sort()), new Map([...wanted].sort()));
  assert.ok(response instanceof OutgoingMessage);
};
