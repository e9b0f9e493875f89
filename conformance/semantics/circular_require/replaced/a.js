const b = require('./b'); module.exports = class A { static name2 = 'A'; uses() { return b.name2; } };
