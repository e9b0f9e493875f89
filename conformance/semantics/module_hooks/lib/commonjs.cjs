module.exports = 'exports of commonjs.cjs';
