module.exports = "second both"
