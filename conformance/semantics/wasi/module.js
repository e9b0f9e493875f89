// A WebAssembly module that writes, started, and started by a worker.
const { Worker, isMainThread } = require('worker_threads');
const { WASI } = require('wasi');

const section = (id, ...content) => [id, content.length, ...content];
const text = (string) => [string.length, ...Buffer.from(string)];
const constant = (value) => [0x41, value];
const store = (at, value) => [...constant(at), ...constant(value), 0x36, 2, 0];
// fd_write(1, vectors at 0, one of them, count to 20) of the 12 bytes at 8.
const start = [
  0, ...store(0, 8), ...store(4, 12), ...constant(1), ...constant(0), ...constant(1), ...constant(20), 0x10, 0, 0x1a, 0x0b,
];
const bytes = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  ...section(1, 2, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f, 0x60, 0, 0),
  ...section(2, 1, ...text('wasi_snapshot_preview1'), ...text('fd_write'), 0, 0),
  ...section(3, 1, 1),
  ...section(5, 1, 0, 1),
  ...section(7, 2, ...text('memory'), 2, 0, ...text('_start'), 0, 1),
  ...section(10, 1, start.length, ...start),
  ...section(11, 1, 0, ...constant(8), 0x0b, ...text('hello world\n')),
]);

(async () => {
  const wasi = new WASI({ version: 'preview1' });
  const { instance } = await WebAssembly.instantiate(bytes, wasi.getImportObject());
  const code = wasi.start(instance);
  if (code !== 0) throw new Error(`exit code ${code}`);
  if (isMainThread) new Worker(__filename);
})();
