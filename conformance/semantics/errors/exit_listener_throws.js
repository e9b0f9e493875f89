// What a listener of 'exit' throws goes to 'uncaughtException'; when that deals with it, the exit code stays.
// exit: 4
'use strict';

process.on('uncaughtException', (error) => console.log('uncaught', error.message));
process.on('exit', (code) => {
  console.log('exit', code);
  throw new Error('from exit');
});
process.on('exit', () => console.log('not reached'));
process.exitCode = 4;
