// One half of the circle: see main.js.
'use strict';

console.log('a: starting');
exports.done = false;
const b = require('./b');
console.log(`a: b.done = ${b.done}`);
exports.done = true;
console.log('a: done');
