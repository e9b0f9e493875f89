// flags: --import ./lib/register.mjs
// env: LIB_SOURCE=1
// A CommonJS module whose text comes from a hook has a smaller require(), and what it requires goes through the hooks.
const describe = (run) => {
  try {
    return run();
  } catch (error) {
    return `${error.name} ${error.code} ${error.message.split('\n')[0].replace(/\/.*\//, '')}`;
  }
};

console.log(Object.keys(require), typeof require.cache, require.main === module, this === module.exports, module.children);
console.log(require('./lib/commonjs.cjs'), require('./lib/data.json'), require('./lib/cycle_a.cjs'));
console.log(require('fs') === require('node:fs'), require.resolve('fs'), require.resolve('./lib/commonjs.cjs').replace(/.*\//, ''));
console.log(require('./lib/esm.mjs').default);
for (const request of ['./lib/throws.cjs', './lib/throws.cjs', './lib/awaits.mjs', './nowhere.cjs', '', 5]) {
  console.log(describe(() => require(request)));
}
