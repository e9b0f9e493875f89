const a = require('./a');
a.there; a.later; a.later; a.__esModule; a.toString; a.constructor; 'x' in a; Object.keys(a); a.hasOwnProperty('y'); a[Symbol.for('s')];
const { destructured, there } = a;
a.own = 5; a.own;
Object.getOwnPropertyDescriptor(Object.getPrototypeOf(a), 'described');
console.log(Object.getPrototypeOf(a) === Object.prototype, there, destructured, JSON.stringify(a));
