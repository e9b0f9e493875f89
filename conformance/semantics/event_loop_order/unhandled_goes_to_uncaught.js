process.on('uncaughtException', (e, origin) => console.log(e.name, e.code, e.message, origin));
Promise.reject(5);
Promise.reject(new TypeError('t'));
