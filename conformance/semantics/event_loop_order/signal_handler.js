process.on('SIGTERM', (name, number) => { console.log(name, number); });
process.once('SIGUSR2', (...args) => { console.log(args); clearInterval(keep); });
process.on('SIGHUP', () => console.log('hup'));
process.on('SIGINT', () => console.log('int'));
const keep = setInterval(() => {}, 1000);
for (const s of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.kill(process.pid, s);
setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 50);
