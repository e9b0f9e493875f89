// Names are bytes: case counts, require() decodes nothing, import decodes URLs.
const { imports, makeTree, resolves } = require('./lib/tree');

const root = makeTree({
  'main.js': '', 'Upper.js': 'exports.n = "Upper"', 'lower.js': 'exports.n = "lower"', 'sp ace.js': 'exports.n = "space"', '%20.js': 'exports.n = "percent"',
  '\u00fc.js': 'exports.n = "u umlaut"', 'q?x.js': 'exports.n = "question"', 'h#y.js': 'exports.n = "hash"', 'node_modules/P\u00e4ck/index.js': 'exports.n = "p"',
});
resolves(root, 'main.js', ['./Upper', './upper', './LOWER', './lower', './sp ace', './sp%20ace', './%20', './\u00fc', './%C3%BC', './q?x', './h#y', './lower?x', 'P\u00e4ck', 'p\u00e4ck']);
imports(root, 'main.js', ['./Upper.js', './upper.js', './sp ace.js', './sp%20ace.js', './%2520.js', './\u00fc.js', './%C3%BC.js', './q?x.js', './q%3Fx.js', './h%23y.js', './lower.js?x=1', './lower.js#y', './x%2fy.js', './x%5Cy.js', './%', 'P\u00e4ck']);
