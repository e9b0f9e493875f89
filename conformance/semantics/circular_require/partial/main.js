// A module in a cycle sees what the other has exported so far; later it is the same object, filled.
process.on('warning', (warning) => console.log('warning:', warning.message));
const a = require('./a');
const b = require('./b');
console.log('main', a, b.a === a, b.a.late);
