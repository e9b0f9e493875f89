import { a, hoisted } from './a.mjs';
console.log('b runs', hoisted());
export let early;
try { early = a; } catch (error) { early = `${error.name}: ${error.message}`; }
export const b = 'b';
export const readA = () => a;
