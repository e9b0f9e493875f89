process.on('unhandledRejection', () => console.log('never'));
const p = Promise.reject(1);
process.nextTick(() => p.catch((e) => console.log('caught', e)));
