exports.early = true;
exports.seen = require('./cycle_b.cjs').seen;
