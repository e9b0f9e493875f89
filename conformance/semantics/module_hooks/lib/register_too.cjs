const { writeSync } = require('node:fs');
const { register } = require('node:module');
const { isMainThread } = require('node:worker_threads');

writeSync(1, `preloaded, main thread ${isMainThread} ${process.argv.length} ${process.execArgv.length}\n`);
register(`data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  export const resolve = (specifier, context, next) => {
    if (specifier.includes('dependency')) writeSync(1, 'resolve dependency\\n');
    return next(specifier);
  }`)}`);
