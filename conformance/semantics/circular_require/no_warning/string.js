module.exports = 'text'; require('./look')(__filename);
