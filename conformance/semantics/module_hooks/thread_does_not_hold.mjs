// Timers and ports of the hooks thread do not keep the program alive.
import { register } from 'node:module';

register('data:text/javascript,setInterval(() => {}, 10)');
console.log('end');
