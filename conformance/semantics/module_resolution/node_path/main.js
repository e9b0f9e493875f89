// env: NODE_PATH=./first:./second::./nowhere
const path = require('path');
for (const name of ['one', 'two', 'both', 'local', 'three', 'one/sub']) {
  try {
    console.log(name, require(name));
  } catch (error) {
    console.log(name, error.code);
  }
}
console.log(require('module').globalPaths.slice(0, 3));
console.log(require.resolve.paths('x').map((folder) => path.basename(path.dirname(folder)) + '/' + path.basename(folder)).includes('./first'));
import('one').catch((error) => console.log('import', error.code));
