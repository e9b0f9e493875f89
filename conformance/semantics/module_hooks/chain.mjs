// Later hooks run first, and hooks see the imports of the hook modules registered after them.
import { register } from 'node:module';

const hooks = (name) => `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  import 'virtual:${name}';
  export async function resolve(specifier, context, next) {
    writeSync(1, '${name} ' + specifier.slice(0, 20) + '\\n');
    if (specifier === 'virtual:two') return { url: 'virtual:two', format: 'module', shortCircuit: true };
    return next(specifier, { conditions: [...context.conditions, '${name}'] });
  }
  export async function load(url, context, next) {
    if (url === 'virtual:two') return { format: 'module', source: 'import "node:fs"; import("node:fs")', shortCircuit: true };
    return next(url, context);
  }`)}`;
try {
  register(hooks('one'));
} catch (error) {
  console.log(error.code);
}
register(hooks('one').replace(encodeURIComponent('import \'virtual:one\';'), ''));
register(hooks('two'));
await import('node:os');
