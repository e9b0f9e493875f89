'use strict';
// Hashes, key derivation, random numbers. Node passes it too.

const assert = require('assert');
const { promisify } = require('util');
const crypto = require('crypto');

function testHashes() {
  assert.strictEqual(crypto.createHash('sha256').update('a').update(Buffer.from('b')).digest('hex'),
                     'fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603');
  assert.strictEqual(crypto.hash('md5', 'a'), '0cc175b9c0f1b6a831c399e269772661');
  assert.strictEqual(crypto.createHash('shake128', { outputLength: 4 }).update('a').digest('hex'), '85c8de88');
  const hash = crypto.createHash('sha1').update('x');
  assert.strictEqual(hash.copy().digest('hex'), hash.digest('hex'));
  assert.throws(() => hash.update('y'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
  // What was given counts, not what the buffer became; and however it was given, in one piece or more.
  const bytes = Buffer.from('caf\u00e9 \u4e2d', 'utf8');
  const expected = crypto.createHash('sha256').update('caf\u00e9 ').update('\u4e2d').digest('base64');
  const fromBytes = crypto.createHash('sha256').update(bytes);
  const pieces = crypto.createHash('sha256').update(bytes.subarray(0, 5)).update(bytes.subarray(5));
  const copied = crypto.createHash('sha256').update(new DataView(bytes.buffer, bytes.byteOffset, bytes.length)).copy();
  bytes.fill(0);
  assert.strictEqual(fromBytes.digest('base64'), expected);
  assert.strictEqual(pieces.digest('base64'), expected);
  assert.strictEqual(copied.digest().toString('base64'), expected);
  assert.strictEqual(crypto.createHash('sha512').update(Buffer.alloc(0)).digest('hex'), crypto.createHash('sha512').digest('hex'));
  assert.strictEqual(crypto.createHash('md5').update('ff', 'hex').digest('hex'), crypto.hash('md5', Buffer.from([255])));
  assert.ok(Buffer.isBuffer(crypto.createHash('md5').update('a').digest('buffer')));
  assert.throws(() => crypto.createHash('nope'), { message: 'Digest method not supported' });
  assert.strictEqual(crypto.createHmac('sha1', 'k').update('a').digest('hex'),
                     '40e7d441cadb17b07f050341aa23a6820ed81c8b');
  assert.ok(crypto.getHashes().includes('RSA-SHA256'));
}

async function testDerivation() {
  const key = crypto.pbkdf2Sync('a', 'b', 1, 8, 'sha1');
  assert.strictEqual(key.toString('hex'), 'b08f749cb72e94be');
  assert.deepStrictEqual(await promisify(crypto.pbkdf2)('a', 'b', 1, 8, 'sha1'), key);
  assert.strictEqual(crypto.scryptSync('a', 'b', 8).toString('hex'), '87c5081bda438d49');
  assert.strictEqual(Buffer.from(crypto.hkdfSync('sha1', 'k', 's', 'i', 8)).toString('hex'), 'e9e6d61340247944');
  assert.throws(() => crypto.pbkdf2Sync('a', 'b', 1, 8, 'nope'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  assert.throws(() => crypto.scryptSync('a', 'b', 8, { N: 3 }), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
}

async function testRandom() {
  assert.strictEqual(crypto.randomBytes(9).length, 9);
  assert.strictEqual((await promisify(crypto.randomBytes)(9)).length, 9);
  for (let i = 0; i < 100; i++) assert.ok(crypto.randomInt(3, 5) >= 3 && crypto.randomInt(5) < 5);
  assert.match(crypto.randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.strictEqual(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), true);
  const digest = await crypto.subtle.digest('SHA-1', Buffer.from('a'));
  assert.strictEqual(Buffer.from(digest).toString('hex'), '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8');
  assert.throws(() => crypto.webcrypto.getRandomValues(new Float32Array(1)), { name: 'TypeMismatchError' });
}

// Sizes that the program has put on its buffers.
async function testFalseSizes() {
  const pretend = (size, byteLength) => Object.defineProperty(new Uint8Array(size), 'byteLength', { value: byteLength });
  assert.throws(() => crypto.timingSafeEqual(pretend(8, 64), new Uint8Array(64)),
                { name: 'RangeError', code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', message: 'Input buffers must have the same byte length' });
  assert.throws(() => crypto.timingSafeEqual(new Uint8Array(64), pretend(8, 64)), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
  assert.throws(() => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), pretend(1, 16)), { code: 'ERR_CRYPTO_INVALID_IV' });
  if (process.versions.gyre === undefined) return;  // Node ends the process
  assert.throws(() => crypto.randomFillSync(pretend(8, 64)), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
  assert.throws(() => crypto.randomFill(pretend(8, 64), () => {}), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
}

testHashes();
testDerivation().then(testRandom).then(testFalseSizes);
