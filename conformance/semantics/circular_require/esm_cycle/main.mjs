// ES modules in a cycle: bindings are live, functions are hoisted, let is in its dead zone.
import { a, fromB, early } from './a.mjs';
console.log('main', a, fromB(), early);
