// register() returns when the hooks are there; import(), import.meta.resolve() and what a required ES module imports go through them.
import { createRequire, register } from 'node:module';

globalThis.shared = 'no';
console.log('registered', register('./lib/hooks.mjs', import.meta.url, { data: { number: 1, nested: [null, 2n] + '' } }));
await import('./lib/esm.mjs');
const require = createRequire(import.meta.url);
console.log(require('./lib/commonjs.cjs'), require('./lib/data.json'), Object.keys(require.cache).length);
const { default: json } = await import('./lib/data.json', { with: { type: 'json' } });
console.log(json, (await import('node:os')).EOL === '\n');
