// flags: --unhandled-rejections=strict
process.on('unhandledRejection', (r) => console.log('unhandled', r.message));
process.on('uncaughtException', (e, origin) => console.log('uncaught', e.message, origin));
Promise.reject(new Error('x'));
