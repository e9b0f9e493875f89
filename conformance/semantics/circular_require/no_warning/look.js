module.exports = (file) => { const e = require(file); e.missing; console.log(typeof e, Object.prototype.toString.call(e)); };
