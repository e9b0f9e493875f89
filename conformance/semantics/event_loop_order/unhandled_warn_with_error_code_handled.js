// flags: --unhandled-rejections=warn-with-error-code
'use strict';
process.on('exit', (code) => console.log('exit', code));
process.on('warning', ({ name }) => console.log(name));
process.on('unhandledRejection', ({ message }) => console.log('handled', message));
Promise.reject(new Error('x'));
