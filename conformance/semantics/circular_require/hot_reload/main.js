// Deleting from require.cache loads anew; who holds the old exports keeps them.
const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'reload-')));
const file = path.join(folder, 'value.js');
const user = path.join(folder, 'user.js');
fs.writeFileSync(file, 'module.exports = { version: 1 };');
fs.writeFileSync(user, 'const value = require("./value"); module.exports = () => value.version;');
const first = require(file);
const use = require(user);
fs.writeFileSync(file, 'module.exports = { version: 2 };');
console.log(require(file).version, require(file) === first, use());
delete require.cache[file];
console.log(require(file).version, require(file) === first, first.version, use());
delete require.cache[user];
console.log(require(user)(), use());
fs.writeFileSync(file, 'module.exports = {');
delete require.cache[require.resolve(file)];
try { require(file); } catch (error) { console.log(error.name, file in require.cache); }
fs.writeFileSync(file, 'module.exports = { version: 3 };');
console.log(require(file).version);
fs.writeFileSync(path.join(folder, 'd.json'), '{"n":1}');
console.log(require(`${folder}/d`).n, require(`${folder}/d.json`) === require(`${folder}/d`));
fs.rmSync(folder, { recursive: true });
console.log(require(file).version);
