module.exports = "first both"
