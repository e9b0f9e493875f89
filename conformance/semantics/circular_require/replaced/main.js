// module.exports = ... in a cycle leaves the other module with the first object.
const A = require('./a');
const b = require('./b');
console.log(typeof A, new A().uses(), b.early, b.late());
