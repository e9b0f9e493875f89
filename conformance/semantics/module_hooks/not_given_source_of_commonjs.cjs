// flags: --import ./lib/register.mjs
// Without a text from the hooks it is CommonJS as ever; only import() and ES modules go through them.
console.log(Object.keys(require), require.main === module);
console.log(require('./lib/commonjs.cjs'), require.resolve('./lib/esm.mjs').replace(/.*\//, ''));
console.log(require('./lib/esm.mjs').default);
import('./lib/dependency.mjs').then((namespace) => console.log(Object.keys(namespace)));
