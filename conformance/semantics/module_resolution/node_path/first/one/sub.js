module.exports = "sub"
