'use strict';
// URLs. The properties: a URL's text is parsed to the same URL; canParse and parse agree with the constructor; the parts
// make up the whole; search parameters come back; what a setter leaves is a URL again, with the same text; the legacy
// parser throws nothing but its own errors. The input is a URL and, on further lines, a base and what the setters get.

const assert = require('assert');
const { Buffer } = require('buffer');
const legacy = require('url');
const { URL, URLSearchParams } = require('internal/url');

const PARTS = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

function parse(text, base) {
  try {
    return new URL(text, base);
  } catch (error) {
    assert.strictEqual(error.code, 'ERR_INVALID_URL');
    return null;
  }
}

function checkWhole(url) {
  const again = new URL(url.href);
  for (const part of PARTS) assert.strictEqual(again[part], url[part], part);
  assert.strictEqual(again.origin, url.origin);
  assert.ok(url.href.startsWith(url.protocol));
  assert.ok(url.href.endsWith(`${url.pathname}${url.search}${url.hash}`) || /[?#]/.test(url.href));
  assert.ok(url.host.startsWith(url.hostname));
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(url.href, /[\x00-\x1f\x80-\uffff]/);
}

function checkSearch(url) {
  const list = [...url.searchParams];
  assert.deepStrictEqual([...new URLSearchParams(url.searchParams.toString())], list);
  const copy = new URL(url.href);
  copy.searchParams.append('a b', '\u00e9&=+');
  assert.deepStrictEqual([...new URL(copy.href).searchParams], [...list, ['a b', '\u00e9&=+']]);
}

function checkSetters(url, values) {
  for (const [index, part] of PARTS.entries()) {
    const value = values[index % values.length];
    const copy = new URL(url.href);
    try {
      copy[part] = value;
    } catch (error) {
      assert.strictEqual(error.code, 'ERR_INVALID_URL');
      assert.strictEqual(part, 'href');
    }
    // What becomes a file keeps a host and a path that the standard's parser would change: localhost, drive letters.
    if (part === 'protocol' && copy.protocol === 'file:') continue;
    assert.strictEqual(new URL(copy.href).href, copy.href, part);
  }
}

function legacyCall(call) {
  try {
    return call();
  } catch (error) {
    assert.ok(error.code === 'ERR_INVALID_URL' || error instanceof URIError, error.stack);
    return '';
  }
}

function checkLegacy(text) {
  const parsed = legacyCall(() => legacy.parse(text));
  assert.strictEqual(typeof legacyCall(() => legacy.format(parsed)), 'string');
  assert.strictEqual(typeof legacyCall(() => legacy.resolve('http://a/b', text)), 'string');
}

module.exports = function urlProperty(bytes) {
  const [text, base, ...values] = Buffer.from(bytes).utf8Slice().split('\n');
  for (const from of [undefined, base]) {
    const url = parse(text, from);
    assert.strictEqual(URL.canParse(text, from), url !== null);
    assert.strictEqual(URL.parse(text, from)?.href, url?.href);
    if (url === null) continue;
    checkWhole(url);
    checkSearch(url);
    checkSetters(url, values.length > 0 ? values : [text]);
  }
  checkLegacy(text);
};
