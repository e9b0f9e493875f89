// flags: --unhandled-rejections=none
Promise.reject(new Error('x'));
setTimeout(() => console.log('alive'), 5);
