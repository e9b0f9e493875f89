// Express' hello world. express_hello.cjs EXPRESS PORT: the folder of the package, the port
'use strict';

const [folder, port] = process.argv.slice(2);
const app = require(folder)();
app.get('/', (request, response) => response.send('hello world\n'));
app.listen(Number(port), '127.0.0.1');
