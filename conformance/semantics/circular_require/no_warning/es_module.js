module.exports = { __esModule: true }; require('./look')(__filename);
