// exit: 1
process.on('exit', () => console.log('exit'));
throw { toString() { throw new Error('inner'); }, get x() { throw new Error('getter'); } };
