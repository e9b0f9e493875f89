// A module that throws in a cycle leaves the cache; the one that did not, stays.
const names = () => Object.keys(require.cache).map((file) => require('path').basename(file)).join(' ');
for (let i = 0; i < 2; i++) {
  try {
    require('./a');
  } catch (error) {
    console.log(error.message, names(), module.children.length);
  }
}
console.log(require('./b').partial);
