// What the entry is given: a require for built-ins, and no module.
const { roundTrip, build, show } = require('./support/snapshots.js');

roundTrip(() => {
  console.log(typeof module, typeof exports, typeof require, typeof __filename, __dirname === process.cwd());
  console.log(require.main, require.resolve, require.cache, typeof WebAssembly, typeof SharedArrayBuffer);
  for (const id of ['./other.js', 'nowhere', 'internal/util', 5]) {
    try {
      require(id);
    } catch (error) {
      console.log(error.code, JSON.stringify(error.message));
    }
  }
  console.log(require('node:fs') === require('fs'));
  const later = () => {
    try {
      require('./other.js');
    } catch (error) {
      console.log(error.code, typeof require('zlib').gunzipSync);
    }
  };
  require('v8').startupSnapshot.setDeserializeMainFunction(later);
});
console.log('--- warnings');
for (const id of ['fs', 'http2', 'worker_threads', 'vm', 'crypto', 'stream/promises']) {
  const { status, stderr } = build(`require('${id}');`, ['--no-deprecation']);
  const [first] = stderr.split('\n');
  // Node cannot serialize some of them.
  console.log(`${id} ${status === 0 || id === 'http2'}${first.replace(/^\(node:\d+\)|\(\w+:\d+\)/, '')}`);
}
