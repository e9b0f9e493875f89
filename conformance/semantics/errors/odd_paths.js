'use strict';
// Paths that are empty, negative or no strings, and URLs of other implementations: what fs and its neighbours say of them.
const fs = require('fs');
const path = require('path');
const { findPackageJSON } = require('module');
const { fileURLToPath } = require('url');

function shown(error) {
  const { name, code, errno, syscall, message } = error;
  const paths = ['path', 'dest'].filter((key) => key in error).map((key) => `${key}=${error[key]}`);
  return [name, code, errno, syscall, message, ...paths].join(' | ');
}

async function tried(label, f) {
  try {
    console.log(label, await f());
  } catch (error) {
    console.log(label, shown(error));
  }
}

const empty = {
  access: [''], appendFile: ['', 'x'], chmod: ['', 0o600], chown: ['', 0, 0], copyFile: ['', 'b'], cp: ['', 'b'],
  lchown: ['', 0, 0], link: ['', 'b'], lstat: [''], lutimes: ['', 1, 1], mkdir: [''], open: [''], readFile: [''],
  readdir: [''], readlink: [''], rename: ['', 'b'], rm: [''], rmdir: [''], stat: [''], statfs: [''], symlink: ['', ''],
  truncate: ['', 1], unlink: [''], utimes: ['', 1, 1], writeFile: ['', 'x'],
};
const emptySecond = { copyFile: ['/etc/passwd', ''], link: ['/nowhere', ''], rename: ['/nowhere', ''] };

async function inAllForms(name, args) {
  await tried(`${name}Sync`, () => fs[`${name}Sync`](...args));
  await tried(name, () => new Promise((resolve, reject) => fs[name](...args, (error) => (error ? reject(error) : resolve()))));
  await tried(`promises.${name}`, () => fs.promises[name](...args));
}

function event(stream) {
  return new Promise((resolve, reject) => stream.on('error', reject));
}

async function main() {
  for (const calls of [empty, emptySecond]) {
    for (const [name, args] of Object.entries(calls)) await inAllForms(name, args);
  }
  await tried('realpath.native', () => fs.realpathSync.native(''));
  await tried('createReadStream', () => event(fs.createReadStream('')));
  await tried('createWriteStream', () => event(fs.createWriteStream('')));

  for (const name of ['readFileSync', 'openSync', 'fstatSync', 'closeSync']) await tried(`${name} -1`, () => fs[name](-1));
  await tried('promises.readFile -1', () => fs.promises.readFile(-1));
  await tried('promises.readlink 5', () => fs.promises.readlink(5));

  for (const file of ['/nowhere', '']) await tried('openAsBlob', () => fs.openAsBlob(file));
  await tried('openAsBlob of a folder', async () => (await fs.openAsBlob('/tmp')).type === '');
  await tried('openAsBlob', () => fs.openAsBlob('/tmp', { type: 5 }));

  const base = '/nowhere.js';
  for (const args of [[], [5], ['x'], ['x', 5], ['x', ''], ['x', 'http://a/'], ['./x'], ['./x', 'http://a/'], ['./x/y', base], ['@s', base],
                      ['p%', base], ['node:fs', base], ['http://a/'], ['file:///nowhere/x'], ['/tmp'], [null], ['x', null]]) {
    await tried(`findPackageJSON ${JSON.stringify(args)}`, () => findPackageJSON(...args));
  }

  const url = { href: `file://${__filename}`, protocol: 'file:', hostname: '', pathname: __filename };
  await tried('a URL of another kind', () => path.basename(fileURLToPath(url)));
  await tried('a URL of another kind', () => fs.readFileSync(url).length > 0);
  await tried('another scheme', () => fileURLToPath({ ...url, protocol: 'http:' }));
  await tried('of another host', () => fileURLToPath({ ...url, hostname: undefined }));
  await tried('with path', () => fs.readFileSync({ ...url, path: '/' }));
}

main();
