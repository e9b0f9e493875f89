// Hooks that let everything through and tell of it; where LIB_SOURCE is set they hand over the text of CommonJS modules too.
import { readFileSync, writeSync } from 'node:fs';
import { isMainThread, parentPort, threadId, workerData } from 'node:worker_threads';

const say = (text) => writeSync(1, `hooks: ${text}\n`);
const short = (url) => url?.replace(/.*\//, '');

say(`loaded, main thread ${isMainThread}, ${typeof threadId}, ${workerData}, ${parentPort}, ${Object.keys(import.meta)}`);

export async function initialize(data) {
  say(`initialize ${JSON.stringify(data)}`);
}

export async function resolve(specifier, context, next) {
  say(`resolve ${short(specifier)} from ${short(context.parentURL)} ${context.conditions} ${JSON.stringify(context.importAttributes)}`);
  const result = await next(specifier, context);
  say(`resolved to ${short(result.url)} ${result.format} ${Object.keys(result)}`);
  return result;
}

export async function load(url, context, next) {
  say(`load ${short(url)} ${JSON.stringify(context)}`);
  const result = await next(url, context);
  say(`loaded ${result.format} ${result.source?.constructor.name} ${Object.keys(result)}`);
  if (process.env.LIB_SOURCE && result.format === 'commonjs') result.source ??= readFileSync(new URL(url));
  return result;
}
