'use strict';
// The WHATWG classes, the conversions to paths and the legacy API. Node passes it too.

const assert = require('assert');
const { inspect } = require('util');
const url = require('url');

function testUrl() {
  const u = new URL('../b?x=1#h', 'https://us%20er:p@EXAMPLE.com:8443/a/c');
  assert.strictEqual(u.href, 'https://us%20er:p@example.com:8443/b?x=1#h');
  assert.deepStrictEqual(
    [u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, u.origin],
    ['https:', 'us%20er', 'p', 'example.com:8443', 'example.com', '8443', '/b', '?x=1', '#h',
     'https://example.com:8443']);
  u.searchParams.append('y', 'a b');
  assert.strictEqual(u.search, '?x=1&y=a+b');
  u.port = '443';
  u.hash = '';
  u.username = '';
  u.password = '';
  assert.strictEqual(u.href, 'https://example.com/b?x=1&y=a+b');
  u.search = '';
  assert.strictEqual(u.searchParams.size, 0);
  assert.throws(() => new URL('nope'), { code: 'ERR_INVALID_URL', name: 'TypeError', input: 'nope' });
  assert.strictEqual(URL.canParse('a', 'http://b'), true);
  assert.strictEqual(URL.parse('nope'), null);
  assert.match(inspect(new URL('http://a/')), /^URL \{\n {2}href: 'http:\/\/a\/',/);
  assert.throws(() => structuredClone(u), { name: 'DataCloneError' });
}

function testDomains() {
  // ASCII is lowered and not looked into; beside other labels it must be Punycode.
  const host = (text) => URL.parse(`http://${text}`)?.host;
  assert.strictEqual(host('XN--A'), 'xn--a');
  assert.strictEqual(host('\u00dfxn--'), 'xn--xn---una');
  assert.strictEqual(host('xn--xn---una'), 'xn--xn---una');
  assert.strictEqual(host('xn--xn---9oa.\u00df'), 'xn--xn---9oa.xn--zca');
  assert.strictEqual(host('xn--xn---epa.\u00df'), undefined);
  assert.strictEqual(host('xn--a.\u00df'), undefined);
  assert.strictEqual(url.domainToUnicode('xn--xn---9oa'), '\u00e9xn--');
  assert.strictEqual(url.domainToUnicode('xn--xn---epa'), 'xn--xn---epa');
}

function testOpaqueBase() {
  assert.strictEqual(new URL('#b', 'mailto:a').href, 'mailto:a#b');
  for (const text of ['a', 'a#b', '?a#b', '']) assert.strictEqual(URL.canParse(text, 'mailto:a'), false, text);
}

function testSearchParams() {
  const params = new URLSearchParams([['b', '2'], ['a', '1'], ['b', '3']]);
  params.sort();
  assert.strictEqual(params.toString(), 'a=1&b=2&b=3');
  params.delete('b', '2');
  assert.deepStrictEqual([...params], [['a', '1'], ['b', '3']]);
  assert.strictEqual(new URLSearchParams('a=%ff&b=%zz').toString(), 'a=%EF%BF%BD&b=%25zz');
  assert.strictEqual(inspect(new URLSearchParams('a=1')), "URLSearchParams { 'a' => '1' }");
  assert.throws(() => new URLSearchParams([['a']]), { code: 'ERR_INVALID_TUPLE' });
}

function testPaths() {
  assert.strictEqual(url.fileURLToPath('file:///a%20b'), '/a b');
  assert.strictEqual(url.pathToFileURL('/a b%#?').href, 'file:///a%20b%25%23%3F');
  assert.strictEqual(url.fileURLToPath('file://h/a', { windows: true }), '\\\\h\\a');
  assert.throws(() => url.fileURLToPath('file:///a%2fb'), { code: 'ERR_INVALID_FILE_URL_PATH' });
  assert.strictEqual(url.domainToASCII('espa\u00f1ol.com'), 'xn--espaol-zwa.com');
}

function testPattern() {
  const pattern = new url.URLPattern({ pathname: '/users/:id(\\d+)' });
  assert.strictEqual(pattern.exec('https://a/users/42').pathname.groups.id, '42');
  assert.strictEqual(pattern.test('https://a/users/x'), false);
}

function testLegacy() {
  process.noDeprecation = true;
  const parsed = url.parse('HTTP://user@Host:80/p/a?q=1#f', true);
  assert.strictEqual(parsed.href, 'http://user@host:80/p/a?q=1#f');
  assert.strictEqual(parsed.query.q, '1');
  assert.strictEqual(url.resolve('/one/two/three', 'four'), '/one/two/four');
  assert.strictEqual(url.resolve('http://example.com/one', '/two'), 'http://example.com/two');
  assert.strictEqual(url.format({ protocol: 'http', host: 'a', pathname: 'b', query: { c: 1 } }), 'http://a/b?c=1');
}

testUrl();
testDomains();
testOpaqueBase();
testSearchParams();
testPaths();
testPattern();
testLegacy();
