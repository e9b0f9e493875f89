import * as names from 'process';

process.on('warning', (warning) => process.send(warning.message));
setImmediate(() => {
  process.send([Object.keys(names).includes('_channel'), Object.keys(process).includes('channel'), '_channel' in process]);
  process.disconnect();
});
