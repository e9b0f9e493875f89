setImmediate(() => 0).unref();
console.log('end');
process.on('exit', () => console.log('exit'));
