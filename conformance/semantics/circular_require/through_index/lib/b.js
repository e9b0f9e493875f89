exports.b = Object.keys(require('../lib'));
