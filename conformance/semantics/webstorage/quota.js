// flags: --experimental-webstorage --no-warnings
// 10 MB of keys and values, two bytes for each UTF-16 unit.
const kUnits = 10 * 1024 * 1024 / 2;
const storage = sessionStorage;

function attempt(name, action) {
  try {
    action();
    console.log(name, 'fits', storage.length);
  } catch (error) {
    console.log(name, error instanceof DOMException, error.name, error.code, error.message, storage.length);
  }
}

attempt('one unit too many', () => storage.setItem('k', 'x'.repeat(kUnits)));
attempt('full', () => storage.setItem('k', 'x'.repeat(kUnits - 1)));
attempt('again', () => storage.setItem('k', 'y'.repeat(kUnits - 1)));
attempt('an empty value', () => { storage.l = ''; });
attempt('a longer value', () => { storage.k += 'x'; });
console.log(storage.k.length, storage.k[0], storage.l);
attempt('less', () => { storage.k = ''; });
attempt('more', () => { storage.l = '\u4e00'.repeat(kUnits - 2); });
attempt('define', () => Object.defineProperty(storage, 'm', { value: 'x' }));
delete storage.l;
attempt('after a removal', () => storage.setItem('m', 'x'.repeat(kUnits - 2)));
storage.clear();
attempt('a key', () => storage.setItem('k'.repeat(kUnits), ''));
