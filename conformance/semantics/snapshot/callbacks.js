// v8.startupSnapshot: who is called when, with what, and what it refuses.
const { build, roundTrip, show, start, write } = require('./support/snapshots.js');

roundTrip(() => {
  const { startupSnapshot } = require('v8');
  const say = (...words) => require('fs').writeSync(1, `${words.join(' ')}\n`);
  for (const name of ['addSerializeCallback', 'addDeserializeCallback', 'setDeserializeMainFunction']) {
    try {
      startupSnapshot[name]('no function');
    } catch (error) {
      say(name, error.code, error.message);
    }
  }
  say('building', Boolean(startupSnapshot.isBuildingSnapshot()));
  process.on('beforeExit', () => say('beforeExit'));
  process.on('exit', (code) => say('exit', code));
  startupSnapshot.addSerializeCallback((...data) => {
    say('serialize', JSON.stringify(data), Boolean(startupSnapshot.isBuildingSnapshot()));
    setTimeout(() => say('a timer of a callback'), 1);
  }, 'first');
  startupSnapshot.addSerializeCallback((...data) => say('serialize', JSON.stringify(data)));
  startupSnapshot.addDeserializeCallback((...data) => {
    say('deserialize', JSON.stringify(data), process.argv.length, Boolean(startupSnapshot.isBuildingSnapshot()));
  }, { b: 2 });
  startupSnapshot.addDeserializeCallback((...data) => say('deserialize', JSON.stringify(data)));
  startupSnapshot.setDeserializeMainFunction((...data) => {
    say('main', JSON.stringify(data), process.argv.slice(1));
    for (const name of ['addSerializeCallback', 'addDeserializeCallback', 'setDeserializeMainFunction']) {
      try {
        startupSnapshot[name](() => {});
      } catch (error) {
        say(name, error.code, error.message);
      }
    }
  }, { c: 3 });
  try {
    startupSnapshot.setDeserializeMainFunction(() => {});
  } catch (error) {
    say(error.code, error.message);
  }
  setTimeout(() => say('a timer holds the builder'), 10);
}, ['not-a-file', 'x']);

console.log('--- without a main function the program is the file');
show(build('globalThis.word = "of the snapshot"; require("v8").startupSnapshot.addDeserializeCallback(() => { word += "!"; });'));
show(start([write('main.js', 'console.log(word, require.main === module, require("path").basename(__filename));')]));
show(start(['-p', 'word']));
console.log('--- errors after the start');
for (const method of ['addDeserializeCallback', 'setDeserializeMainFunction']) {
  show(build(`require("v8").startupSnapshot.${method}(() => { throw new Error("of ${method}"); });`));
  const { status, stderr } = start(['-p', '1']);
  console.log(status, stderr.split('\n').find((line) => line.startsWith('Error: ')));
}
