// Two modules that require each other: ./x run examples/circular_require/main.js
// a starts, asks for b, and b gets what a has exported so far: its `done` is still false.
'use strict';

console.log('main: starting');
const a = require('./a');
const b = require('./b');
console.log(`main: a.done = ${a.done}, b.done = ${b.done}`);
console.log(`main: b saw a.done = ${b.sawOfA}`);
console.log(`main: a is the same object for everyone: ${b.a() === a}`);
