// Hooks of registerHooks() run first; their next goes to those of register().
import { register, registerHooks } from 'node:module';
import { writeSync } from 'node:fs';

const short = (text) => text.replace(/.*\//, '');
registerHooks({
  resolve(specifier, context, next) {
    writeSync(1, `in line: resolve ${short(specifier)}\n`);
    const result = next(specifier, context);
    writeSync(1, `in line: resolved ${short(result.url)} ${result.format}\n`);
    return result;
  },
  load(url, context, next) {
    writeSync(1, `in line: load ${short(url)}\n`);
    const result = next(url, context);
    writeSync(1, `in line: loaded ${result.format} ${Object.keys(result)}\n`);
    return result;
  },
});
register('./lib/hooks.mjs', import.meta.url);
await import('./lib/dependency.mjs');
console.log(short(import.meta.resolve('./lib/commonjs.cjs')));
