// Whatever a hook throws arrives: class, code, properties, cause; and what cannot be cloned as its inspection.
import { register } from 'node:module';

const source = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
for (const text of [
  'throw new TypeError("top level", { cause: 4 })',
  'export function initialize() { throw Object.assign(new RangeError("initialize"), { code: "MINE", extra: { a: 1 } }) }',
  'export async function initialize() { throw null }',
  'class My extends Error { get name() { return "My" } }; export function initialize() { throw new My("named") }',
  'import "./nothing.mjs"',
  'syntax error',
]) {
  try {
    register(source(text));
  } catch (error) {
    console.log(error?.name, error?.message, error?.code, error?.extra, error?.cause?.code ?? error?.cause, error instanceof Error);
  }
}
register(source(`
  const values = { symbol: Symbol('x'), function: () => 1, number: 5, object: { a: { b: 1 } }, bigint: 5n, undefined };
  export function resolve(specifier, context, next) {
    if (specifier in values) throw values[specifier];
    return next(specifier);
  }`));
for (const kind of ['symbol', 'function', 'number', 'object', 'bigint', 'undefined']) {
  await import(kind).catch((error) => console.log(kind, error));
}
