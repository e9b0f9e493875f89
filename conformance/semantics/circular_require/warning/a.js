exports.there = 1; require('./b'); exports.later = 2;
