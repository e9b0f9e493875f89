// start(), initialize() and finalizeBindings(): what they want of an instance, and once only.
const { WASI } = require('wasi');
const { show } = require('./common/show');

const make = () => new WASI({ version: 'preview1' });
const memory = new WebAssembly.Memory({ initial: 1 });
const nothing = () => {};
const instances = [
  undefined, null, {}, { exports: null }, { exports: {} }, { exports: { memory: {} } }, { exports: { memory } },
  { exports: { memory, _start: nothing } }, { exports: { memory, _start: 5 } }, { exports: { memory, _initialize: nothing } },
  { exports: { memory, _initialize: 5 } }, { exports: { memory, _start: nothing, _initialize: nothing } },
  { exports: { memory, _start: () => 5 } }, { exports: { memory, _initialize: () => 5 } },
];
for (const method of ['start', 'initialize', 'finalizeBindings']) {
  for (const [i, instance] of instances.entries()) show(`${method} ${i}`, () => make()[method](instance));
}
show('memory of its own', () => make().finalizeBindings({ exports: {} }, { memory }));
show('no memory', () => make().finalizeBindings({ exports: { memory } }, { memory: 5 }));

show('twice', () => {
  const wasi = make();
  wasi.start({ exports: { memory, _start: nothing } });
  return wasi.start({ exports: { memory, _start: nothing } });
});
show('again after an instance that would not do', () => {
  const wasi = make();
  show('  first', () => wasi.start({ exports: {} }));
  return wasi.start({ exports: { memory, _start: nothing } });
});
for (const code of [7, 0, -1, undefined]) {
  show(`exits with ${code}`, () => {
    const wasi = make();
    return wasi.start({ exports: { memory, _start() { wasi.wasiImport.proc_exit(code); } } });
  });
}
show('throws', () => make().start({ exports: { memory, _start() { throw new Error('from the program'); } } }));
show('exits too early', () => make().wasiImport.proc_exit(3));
show('exits while it is initialised', () => {
  const wasi = make();
  return wasi.initialize({ exports: { memory, _initialize() { wasi.wasiImport.proc_exit(3); } } });
});
show('a call before', () => make().wasiImport.args_get(0, 0));
show('a wrong call before', () => make().wasiImport.args_get());
