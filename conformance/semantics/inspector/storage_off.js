// flags: --experimental-webstorage --no-warnings
// The domains DOMStorage and Storage do not exist without --experimental-storage-inspection.
const { Session } = require('inspector');

const session = new Session();
session.connect();
for (const method of ['DOMStorage.enable', 'DOMStorage.getDOMStorageItems', 'Storage.getStorageKey']) {
  session.post(method, (error) => console.log(error.code, error.message));
}
sessionStorage.setItem('a', 1);
session.disconnect();
