// A ring of many modules.
const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ring-'));
const n = 300;
for (let i = 0; i < n; i++) fs.writeFileSync(path.join(folder, `m${i}.js`), `exports.i = ${i}; const next = require('./m${(i + 1) % n}'); exports.sum = (next.sum ?? 0) + 1;`);
process.on('warning', (warning) => console.log(warning.message));
console.log(require(path.join(folder, 'm0.js')));
console.log(require(path.join(folder, `m${n - 1}.js`)));
fs.rmSync(folder, { recursive: true });
