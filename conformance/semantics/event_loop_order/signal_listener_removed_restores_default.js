// exit: -1
const f = () => console.log('never');
process.on('SIGHUP', f);
process.removeListener('SIGHUP', f);
setTimeout(() => process.kill(process.pid, 'SIGHUP'), 5);
setTimeout(() => console.log('never'), 1000);
