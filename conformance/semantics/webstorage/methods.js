// flags: --experimental-webstorage --no-warnings
// The methods of a storage, their arguments and their order of keys.
const storage = sessionStorage;

function show(name, action) {
  try {
    console.log(name, action());
  } catch ({ constructor, name: error, code, message }) {
    console.log(name, 'throws', constructor.name, error, code, message);
  }
}

for (const key of ['2', '10', 'b', 'a', 'B', '-1', '', '\u4e00', 'a\0b', 'aa']) storage.setItem(key, `<${key}>`);
show('order', () => Array.from({ length: storage.length }, (_, i) => storage.key(i)));
storage.setItem('b', 'changed');
show('the same order', () => Object.keys(storage));
show('key', () => [0, 1, -1, NaN, '1', 1.7, 2 ** 32, 2 ** 32 + 1, 100, undefined].map((index) => storage.key(index)));
show('results', () => [storage.setItem('r', 1), storage.getItem('r'), storage.removeItem('r'), storage.removeItem('r'), storage.getItem('r')]);
show('conversions', () => {
  storage.clear();
  storage.setItem(null, undefined);
  storage.setItem(1n, [1, [2]]);
  storage.setItem({}, true);
  return Object.entries(storage);
});
show('units', () => {
  storage.clear();
  storage.setItem('\ud800', '\udc00x\0');
  return [storage.getItem('\ud800') === '\udc00x\0', storage.key(0) === '\ud800', storage.length];
});
for (const [method, ...given] of [['getItem'], ['setItem'], ['setItem', 'a'], ['removeItem'], ['key'], ['clear']]) {
  show(`${method}(${given})`, () => storage[method](...given));
}
show('getItem(symbol)', () => storage.getItem(Symbol('s')));
show('setItem(symbol)', () => storage.setItem(Symbol('s'), 1));
show('setItem(, symbol)', () => storage.setItem('s', Symbol('s')));
show('key(symbol)', () => storage.key(Symbol('s')));
for (const receiver of [undefined, null, 1, {}, Storage.prototype]) {
  show('receiver', () => Storage.prototype.getItem.call(receiver, 'a'));
}
show('length of the prototype', () => Storage.prototype.length);
show('new', () => new Storage());
show('call', () => Storage());
show('subclass', () => new (class extends Storage {})());
show('clone', () => structuredClone(storage));
show('prototype', () => [Reflect.ownKeys(Storage.prototype), Object.getPrototypeOf(storage) === Storage.prototype, storage instanceof Storage]);
show('toString', () => [String(storage), Storage.name, Storage.length, Storage.prototype.setItem.name]);
show('globals', () => ['Storage', 'localStorage', 'sessionStorage'].map((name) => {
  const { enumerable, configurable, get, set } = Object.getOwnPropertyDescriptor(globalThis, name);
  return [name, enumerable, configurable, get?.name, set?.name];
}));
show('replaced', () => {
  globalThis.sessionStorage = 5;
  return sessionStorage;
});
