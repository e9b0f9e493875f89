module.exports = Object.create(null); require('./look')(__filename);
