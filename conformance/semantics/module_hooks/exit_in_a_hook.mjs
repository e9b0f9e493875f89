// exit: 42
// process.exit() of a hook ends the process, with its 'exit' event.
import { register } from 'node:module';

register(`data:text/javascript,${encodeURIComponent('export function resolve(specifier) { if (specifier === "end:") process.exit(42); }')}`);
process.on('exit', (code) => console.log('exit', code));
import.meta.resolve('end:');
console.log('not reached');
