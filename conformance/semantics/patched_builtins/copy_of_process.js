'use strict';
// Jest gives each test file a copy of `process`, made by the constructors of its prototypes, which it calls without `new`.
const copy = Object.create(Object.getPrototypeOf(process));
let prototype = process;
while ((prototype = Object.getPrototypeOf(prototype)) !== null) {
  if (typeof prototype.constructor === 'function') prototype.constructor.call(copy);
}
copy.on('x', (value) => console.log('x', value));
console.log(copy.emit('x', 1), copy instanceof process.constructor, copy.constructor.name);
console.log(process.emit('x', 2));
