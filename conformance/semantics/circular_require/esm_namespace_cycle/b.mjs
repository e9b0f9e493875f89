import * as main from './main.mjs';
export const y = 2;
export function peek() { return main.x; }
try {
  console.log(main.x);
} catch (error) {
  console.log(error.name);
}
console.log('x' in main, Reflect.ownKeys(main).length);
