// exit: 13
// A hook that can never answer: who waits in line gets an error, an import() stays pending.
import { register } from 'node:module';

const source = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
try {
  register(source('export const initialize = () => new Promise(() => {})'));
} catch (error) {
  console.log(error.code, error.details.method);
}
register(source('export const resolve = (specifier, context, next) => specifier === "never:" ? new Promise(() => {}) : next(specifier)'));
try {
  import.meta.resolve('never:');
} catch (error) {
  console.log(error.code, error.details.args.slice(0, 1));
}
console.log(await Promise.race([import('never:'), import('node:os').then(() => 'the other one')]));
await import('never:');
console.log('not reached');
