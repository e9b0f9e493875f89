// What programs patch: _resolveFilename, _load, _extensions, _pathCache, require.cache.
const { makeTree } = require('./lib/tree');
const Module = require('module');

const root = makeTree({ 'main.js': '', 'a.js': 'exports.a = 1', 'x.up': 'shout', 'b.js': 'exports.b = require("virtual")' });
const require_ = Module.createRequire(`${root}/main.js`);
Module._extensions['.up'] = (module, filename) => { module.exports = require('fs').readFileSync(filename, 'utf8').toUpperCase(); };
console.log(require_('./x.up'), require_('./x'));
const { _load, _resolveFilename } = Module;
Module._load = function(request, parent, isMain) { return request === 'virtual' ? 'made up' : Reflect.apply(_load, this, [request, parent, isMain]); };
console.log(require_('./b').b);
Module._load = _load;
Module._resolveFilename = function(request, ...rest) { return Reflect.apply(_resolveFilename, this, [request === 'alias' ? `${root}/a.js` : request, ...rest]); };
console.log(require_('alias').a, require_.resolve('alias').replace(root, '<ROOT>'));
Module._resolveFilename = _resolveFilename;
require_.cache[`${root}/a.js`].exports = 'replaced';
console.log(require_('./a'));
delete require_.cache[`${root}/a.js`];
console.log(require_('./a'), require_.cache === Module._cache, require_.extensions === Module._extensions);
const compiled = [];
const { _compile } = Module.prototype;
Module.prototype._compile = function(content, filename) { compiled.push(require('path').basename(filename)); return Reflect.apply(_compile, this, [`${content};exports.extra = 1`, filename]); };
delete require_.cache[`${root}/a.js`];
console.log(require_('./a'), compiled);
Module.prototype._compile = _compile;
console.log(Module.wrap('x'));
