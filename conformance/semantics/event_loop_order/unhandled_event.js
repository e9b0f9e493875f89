process.on('unhandledRejection', (reason, p) => { console.log('unhandled', reason, p instanceof Promise); setTimeout(() => p.catch(() => console.log('late')), 1); });
process.on('rejectionHandled', (p) => console.log('handled', p instanceof Promise));
Promise.reject('r');
