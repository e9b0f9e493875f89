// The other half of the circle: see main.js.
'use strict';

console.log('b: starting');
exports.done = false;
const a = require('./a');
console.log(`b: a.done = ${a.done}, a is unfinished`);
exports.sawOfA = a.done;
exports.a = () => require('./a');
exports.done = true;
console.log('b: done');
