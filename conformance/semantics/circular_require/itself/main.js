// A module that requires itself, and the main module as seen from others.
exports.before = 1;
const self = require('./main');
console.log(self === exports, self.before, require.main === module, module.id, module.loaded, module.children.length);
exports.after = 2;
require('./other');
console.log(module.children.map((child) => require('path').basename(child.id)));
setImmediate(() => console.log(module.loaded));
