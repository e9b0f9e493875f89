module.exports = "first one"
