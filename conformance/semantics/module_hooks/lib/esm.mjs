import './dependency.mjs';
import text from './commonjs.cjs';

console.log('esm.mjs runs', text, import.meta.resolve('./not-there.mjs').replace(/.*\//, ''));
export default 1;
