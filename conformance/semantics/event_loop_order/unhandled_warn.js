// flags: --unhandled-rejections=warn
process.on('warning', (w) => console.log(w.name, w.message.split('\n')[0]));
Promise.reject(new Error('x'));
setTimeout(() => console.log('alive'), 5);
