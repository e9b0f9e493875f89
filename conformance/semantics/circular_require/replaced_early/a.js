module.exports = function a() { return require('./b').b; }; require('./b');
