// module.children: each module once per parent, under the parent that required it, in order.
const path = require('path');
require('./a'); require('./b'); require('./a'); require('fs');
const show = (module) => `${path.basename(module.filename)}(${module.children.map(show).join(' ')})`;
const seen = new Set();
const safe = (module) => { if (seen.has(module)) return `${path.basename(module.filename)}*`; seen.add(module); return `${path.basename(module.filename)}(${module.children.map(safe).join(' ')})`; };
console.log(safe(module), show.length);
console.log(path.basename(require.cache[require.resolve('./b')].parent.filename));
