import * as b from './b.mjs'; import * as self from './main.mjs'; export const x = 1; console.log(Object.keys(self), self.x, Object.keys(b), b.peek());
