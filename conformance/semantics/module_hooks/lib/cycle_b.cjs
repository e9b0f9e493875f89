exports.seen = { ...require('./cycle_a.cjs') };
