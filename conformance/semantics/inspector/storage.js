// flags: --experimental-webstorage --experimental-storage-inspection --no-warnings --localstorage-file=:memory:
// The domains DOMStorage and Storage: what is in a storage, and what happens to it.
const inspector = require('inspector/promises');

const session = new inspector.Session();
session.connect();

async function post(method, params) {
  try {
    const result = await session.post(method, params);
    result.entries?.sort();
    console.log(method, JSON.stringify(result).replace(/file:[^"]*/, 'file:'));
  } catch ({ code, message }) {
    console.log(method, code, message);
  }
}

const storageId = { securityOrigin: '', isLocalStorage: false };
const items = () => post('DOMStorage.getDOMStorageItems', { storageId });

(async () => {
  await post('Storage.getStorageKey');
  await post('Storage.unknown');
  await items();
  await post('DOMStorage.enable');
  await items();
  session.on('inspectorNotification', ({ method, params }) => {
    const { storageId: { isLocalStorage, securityOrigin }, ...change } = params;
    console.log(method, isLocalStorage, JSON.stringify([securityOrigin, change]));
  });
  sessionStorage.setItem('a', 1);
  sessionStorage.setItem('a', 2);
  sessionStorage.setItem('b', 'x');
  localStorage.setItem('local', 'item');
  await items();
  sessionStorage.removeItem('a');
  sessionStorage.removeItem('none');
  await items();
  sessionStorage.clear();
  await items();
  await post('DOMStorage.getDOMStorageItems', { storageId: { ...storageId, isLocalStorage: true } });
  for (const wrong of [undefined, 1, {}, { securityOrigin: '' }]) {
    await post('DOMStorage.getDOMStorageItems', { storageId: wrong });
  }
  for (const command of ['setDOMStorageItem', 'removeDOMStorageItem', 'clear']) {
    await post(`DOMStorage.${command}`, { storageId, key: 'a', value: 'b' });
  }
  inspector.DOMStorage.registerStorage({ isLocalStorage: false, storageMap: { own: 'x', number: 5, object: {} } });
  await items();
  await post('DOMStorage.disable');
  await items();
  session.disconnect();
})();
