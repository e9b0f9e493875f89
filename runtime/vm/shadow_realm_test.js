'use strict';

/* global ShadowRealm */
// ShadowRealm: what its global object has, that nothing of the program's realm shows in it, and its module loader.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const realm = new ShadowRealm();

assert.strictEqual(realm.evaluate('new URL("http://x/?a=1").searchParams.get("a")'), '1');
assert.strictEqual(realm.evaluate('new TextDecoder().decode(new TextEncoder().encode("h\\u00e9"))'), 'h\u00e9');
assert.strictEqual(realm.evaluate(`
  const controller = new AbortController();
  controller.abort();
  controller.signal.aborted && controller.signal.reason instanceof DOMException && controller.signal.reason instanceof Error`), true);
assert.strictEqual(realm.evaluate(`
  let heard = 0;
  const target = new EventTarget();
  target.addEventListener('x', () => heard++);
  target.dispatchEvent(new Event('x'));
  heard`), 1);
assert.strictEqual(realm.evaluate('typeof process + typeof Buffer + typeof require + typeof setTimeout'),
                   'undefinedundefinedundefinedundefined');
assert.strictEqual(realm.evaluate('new ShadowRealm().evaluate("1 + 1")'), 2);

// Objects and errors are the realm's own.
assert.strictEqual(realm.evaluate(`
  [URL, TextEncoder, AbortController, EventTarget, DOMException, ReadableStream, CompressionStream]
    .every((each) => each instanceof Function)`), true);
assert.strictEqual(realm.evaluate(`
  try { new URL('x'); } catch (error) { error instanceof TypeError && error.code; }`), 'ERR_INVALID_URL');
assert.strictEqual(realm.evaluate('Object.getOwnPropertyDescriptor(globalThis, "URL").enumerable'), false);

(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shadow-realm-test-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
  const url = (name) => pathToFileURL(path.join(folder, name)).href;

  // A cycle, import.meta, import() and top-level await.
  write('a.mjs', 'import { b } from "./b.mjs"; export const a = () => `a${b()}`; export const where = import.meta.url;');
  write('b.mjs', 'import { a } from "./a.mjs"; export const b = () => `b${typeof a}`;');
  write('c.mjs', 'const { a } = await import("./a.mjs"); export const c = a();');
  assert.strictEqual(await realm.importValue(url('c.mjs'), 'c'), 'abfunction');
  assert.strictEqual(await realm.importValue(url('a.mjs'), 'where'), url('a.mjs'));

  // What failed to load leaves nothing behind.
  write('broken.mjs', 'import "./d.mjs"; import "./missing.mjs";');
  write('d.mjs', 'export const d = 1;');
  await assert.rejects(realm.importValue(url('broken.mjs'), 'x'), /Cannot find module .*missing\.mjs/);
  write('missing.mjs', '');
  write('broken.mjs', 'import { d } from "./d.mjs"; import "./missing.mjs"; export const x = d;');
  assert.strictEqual(await realm.importValue(url('broken.mjs'), 'x'), 1);

  write('e.cjs', 'exports.e = 1;');
  await assert.rejects(realm.importValue(url('e.cjs'), 'e'), /Unknown module format: commonjs/);
  await assert.rejects(realm.importValue('fs', 'readFileSync'), TypeError);
  await assert.rejects(realm.importValue('data:text/javascript,throw new RangeError("boo")', 'x'), /RangeError: boo/);
})();
