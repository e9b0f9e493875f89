// flags: --unhandled-rejections=warn-with-error-code
// exit: 1
'use strict';
process.on('exit', (code) => console.log('exit', code));
process.on('warning', ({ name }) => console.log(name));
Promise.reject(new Error('nobody handles this'));
setTimeout(() => console.log('still here'), 1);
