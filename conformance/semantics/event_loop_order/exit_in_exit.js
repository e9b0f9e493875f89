// exit: 4
process.on('exit', () => { console.log('first'); process.exit(4); });
process.on('exit', () => console.log('never'));
