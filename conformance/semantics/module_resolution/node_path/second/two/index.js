module.exports = "second two"
