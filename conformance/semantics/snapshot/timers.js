// only gyre: with a timer left over, node's new timers do not fire
// What waited without holding the builder goes on waiting.
const { roundTrip } = require('./support/snapshots.js');

roundTrip(() => {
  setTimeout(() => console.log('a timer of the builder'), 30).unref();
  setTimeout(() => console.log('one that is not waited for'), 1e6).unref();
  const interval = setInterval(() => {
    console.log('an interval of the builder');
    clearInterval(interval);
  }, 30).unref();
  require('v8').startupSnapshot.setDeserializeMainFunction(() => {
    setTimeout(() => console.log('a timer of the program'), 300);
    setImmediate(() => console.log('an immediate of the program'));
  });
});
