// The warning of a property that is not there yet: once per access, not for what exists or transpilers ask for.
process.on('warning', (warning) => console.log(warning.name, warning.code, warning.message));
const a = require('./a');
console.log(Object.getPrototypeOf(a) === Object.prototype, a.missing);
