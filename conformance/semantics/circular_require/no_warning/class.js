module.exports = class X {}; require('./look')(__filename);
