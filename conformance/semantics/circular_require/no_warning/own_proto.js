module.exports = Object.create({ p: 1 }); require('./look')(__filename);
