const A = require('./a'); exports.name2 = 'B'; exports.early = typeof A; exports.late = () => typeof require('./a');
