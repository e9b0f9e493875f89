// Hooks of the main thread do not reach a worker; what the command line names does.
import { register } from 'node:module';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const hooks = (name) => `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  export function resolve(specifier, context, next) {
    writeSync(1, '${name}: ' + specifier + '\\n');
    return next(specifier);
  }`)}`;
register(hooks('main'));
await import('node:os');
const code = `
  const { register } = require('module');
  import('node:path').then(() => {
    register(${JSON.stringify(hooks('worker'))});
    return import('node:url');
  }).then(() => require('fs').writeSync(1, 'worker ends\\n'))`;
await once(new Worker(code, { eval: true }), 'exit');
await once(new Worker('import("node:net")', { eval: true, execArgv: ['--no-warnings', '--experimental-loader', hooks('option')] }), 'exit');
await import('node:zlib');
