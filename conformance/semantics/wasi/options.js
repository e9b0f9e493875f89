// The options of new WASI() and the object that it is.
const wasi = require('wasi');
const { show } = require('./common/show');

const { WASI } = wasi;
console.log(Object.keys(wasi), Reflect.ownKeys(WASI.prototype).map(String).sort());
show('without new', () => WASI({ version: 'preview1' }));
for (const options of [undefined, null, 'x', 5, Symbol('x')]) show(`options ${String(options)}`, () => new WASI(options));
const wrong = {
  version: [undefined, 5, 'x', 'toString'], args: ['x', {}, null], env: ['x', null, 5], preopens: ['x', null],
  stdin: ['x', -1, 1.5, 2 ** 31, null], stdout: ['x'], stderr: [true], returnOnExit: [5, null],
};
for (const [name, values] of Object.entries(wrong)) {
  for (const value of values) show(`${name}: ${String(value)}`, () => new WASI({ version: 'preview1', [name]: value }));
}
show('a folder that is not there', () => new WASI({ version: 'preview1', preopens: { '/x': '/nonexistent' } }));
show('a descriptor that is not open', () => new WASI({ version: 'preview1', stdin: 999 }));

for (const version of ['preview1', 'unstable']) {
  const one = new WASI({ version });
  console.log(Object.keys(one.getImportObject()), Object.keys(one.wasiImport).sort().join(' '));
  console.log(one.getImportObject()[Object.keys(one.getImportObject())[0]] === one.wasiImport, one.wasiImport.constructor.name);
}
