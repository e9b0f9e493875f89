module.exports = "first local"
