module.exports = []; require('./look')(__filename);
