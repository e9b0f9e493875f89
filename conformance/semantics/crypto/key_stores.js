// Private keys by URL: OpenSSL's STORE loaders, of which there is the one for files.
const { createPrivateKey, createPublicKey, generateKeyPairSync, sign } = require('crypto');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stores-'));
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pkcs8 = (options) => privateKey.export({ format: 'pem', type: 'pkcs8', ...options });

function file(name, content) {
  fs.writeFileSync(path.join(folder, name), content);
  return pathToFileURL(path.join(folder, name));
}

function attempt(name, action) {
  try {
    const { type, asymmetricKeyType, byteLength } = action();
    console.log(name, type ?? byteLength, asymmetricKeyType);
  } catch ({ name: error, code, message }) {
    console.log(name, error, code, message.split('\n')[0].replaceAll(folder, '<FOLDER>'));
  }
}

const pem = file('key.pem', pkcs8());
const encrypted = file('encrypted.pem', pkcs8({ cipher: 'aes-256-cbc', passphrase: 'right' }));
attempt('PEM', () => createPrivateKey(pem));
attempt('in an object', () => createPrivateKey({ key: pem }));
attempt('DER', () => createPrivateKey(file('key.der', privateKey.export({ format: 'der', type: 'pkcs8' }))));
attempt('PKCS#1', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  return createPrivateKey(file('rsa.pem', rsa.export({ format: 'pem', type: 'pkcs1' })));
});
attempt('an odd name', () => createPrivateKey(file('a %b#c?.pem', pkcs8())));
attempt('query and fragment', () => createPrivateKey(new URL(`${pem.href}?query#fragment`)));
attempt('other options', () => createPrivateKey({ key: pem, format: 'jwk', type: 'none' }));
attempt('sign', () => sign(null, Buffer.from('data'), pem));

attempt('no passphrase', () => createPrivateKey(encrypted));
attempt('right passphrase', () => createPrivateKey({ key: encrypted, passphrase: 'right' }));
attempt('bytes', () => createPrivateKey({ key: encrypted, passphrase: Buffer.from('right') }));
attempt('wrong passphrase', () => createPrivateKey({ key: encrypted, passphrase: 'wrong' }));
attempt('no string', () => createPrivateKey({ key: encrypted, passphrase: 5 }));

attempt('properties', () => createPrivateKey({ key: pem, properties: 'provider=default' }));
attempt('no such provider', () => createPrivateKey({ key: pem, properties: 'provider=none' }));
for (const properties of [1, null, 'a\0b']) attempt('wrong properties', () => createPrivateKey({ key: pem, properties }));

attempt('empty', () => createPrivateKey(file('empty', '')));
attempt('text', () => createPrivateKey(file('text', 'no key')));
attempt('missing', () => createPrivateKey(pathToFileURL(path.join(folder, 'missing'))));
attempt('a public key', () => createPrivateKey(file('public.pem', publicKey.export({ format: 'pem', type: 'spki' }))));
attempt('no loader', () => createPrivateKey(new URL('pkcs11:object=none')));
attempt('http', () => createPrivateKey(new URL('http://localhost/key')));
attempt('NUL', () => createPrivateKey(new URL(`${pem.href}%00.txt`)));
attempt('host', () => createPrivateKey(new URL('file://host/key.pem')));
attempt('encoded slash', () => createPrivateKey(new URL(`${pem.href}%2fkey`)));

attempt('public', () => createPublicKey(pem));
attempt('public in an object', () => createPublicKey({ key: pem }));
attempt('like a URL', () => createPrivateKey({ href: pem.href, protocol: 'file:' }));
fs.rmSync(folder, { recursive: true });
