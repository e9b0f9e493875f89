// flags: --experimental-webstorage --no-warnings
// Items as properties of a storage: get, set, has, delete, enumerate, define.
const storage = sessionStorage;

function show(name, action) {
  try {
    console.log(name, action());
  } catch ({ name: error, code, message }) {
    console.log(name, 'throws', error, code, message);
  }
}

storage.foo = 'bar';
storage[1] = 2;
storage[3.5] = { toString: () => 'object' };
storage[''] = null;
show('keys', () => [Object.keys(storage), Reflect.ownKeys(storage), JSON.stringify(storage)]);
show('values', () => [storage.foo, storage[1], storage['3.5'], storage[''], storage.none, storage[7]]);
show('descriptors', () => ['foo', 1, 'none', 'getItem', 'length'].map((key) => Object.getOwnPropertyDescriptor(storage, key)));
show('in', () => ['foo', 1, 'none', 7, 'getItem', 'length'].map((key) => key in storage));
show('own', () => ['foo', 1, 'none', 7, 'getItem', 'length'].map((key) => Object.hasOwn(storage, key)));
show('delete', () => [delete storage.foo, delete storage.foo, delete storage[1], delete storage.getItem, storage.length]);
show('for in', () => {
  const names = [];
  for (const name in storage) names.push(name);
  return names;
});
show('assign', () => Object.entries(Object.assign(storage, { x: 1, y: [1, 2] })));
show('spread', () => ({ ...storage }));
show('inspect', () => require('util').inspect(storage));
show('Reflect.set', () => [Reflect.set(storage, 'r', 1), storage.r]);
show('define', () => [Object.defineProperty(storage, 'd', { value: 5 }) === storage, Object.getOwnPropertyDescriptor(storage, 'd')]);
show('redefine', () => Object.getOwnPropertyDescriptor(
  Object.defineProperty(storage, 'd', { value: 6, writable: false, enumerable: false, configurable: false }), 'd'));
show('define index', () => [Object.defineProperty(storage, 5, { value: 'v' })[5], storage.getItem('5')]);
show('symbol value', () => { storage.s = Symbol('s'); });
show('throwing value', () => { storage.t = { toString() { throw new RangeError('mine'); } }; });
for (const method of ['freeze', 'seal', 'preventExtensions']) show(method, () => Object[method](storage));
show('extensible', () => Object.isExtensible(storage));

// The prototype has these names; items may have them, too, and are no properties then.
for (const name of ['getItem', 'length', 'constructor', 'toString', '__proto__']) {
  show(name, () => {
    const before = storage.length;
    storage[name] = 'item';
    const own = Object.hasOwn(storage, name);
    const item = storage.getItem(name);
    storage.removeItem(name);
    return [typeof storage[name], own, item, storage.length === before];
  });
}
show('name of the prototype', () => {
  storage.late = 'item';
  Storage.prototype.late = 'prototype';
  const seen = [storage.late, Object.hasOwn(storage, 'late'), Object.keys(storage).includes('late'), storage.getItem('late')];
  delete Storage.prototype.late;
  return [...seen, storage.late, Object.keys(storage).includes('late')];
});

const symbol = Symbol('symbol');
storage[symbol] = { any: 'value' };
show('symbols', () => [storage[symbol], symbol in storage, Object.getOwnPropertyDescriptor(storage, symbol), storage.length]);
show('delete a symbol', () => [delete storage[symbol], storage[symbol]]);
storage.clear();
show('cleared', () => [storage.length, Object.keys(storage), storage.x]);
