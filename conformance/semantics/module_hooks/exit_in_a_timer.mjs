// exit: 7
// The hooks thread lives on between requests, and may end the process at any time.
import { register } from 'node:module';

register('data:text/javascript,setTimeout(() => process.exit(7), 20)');
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('not reached'), 20000);
