import { b, readA } from './b.mjs';
console.log('a runs');
export const a = 'a';
export function hoisted() { return 'hoisted'; }
export const fromB = () => b + readA();
export { early } from './b.mjs';
