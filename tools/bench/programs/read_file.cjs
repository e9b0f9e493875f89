// Reads one file of 1 KB many times, 16 reads in flight. read_file.cjs callback|promise FILE COUNT
'use strict';

const fs = require('node:fs');

const [way, file, count] = process.argv.slice(2);
const IN_FLIGHT = 16;
let left = Number(count);

function check(bytes) {
  if (bytes.length !== 1024) throw new Error('a short read');
}

function next() {
  if (left-- <= 0) return;
  fs.readFile(file, (error, bytes) => {
    if (error) throw error;
    check(bytes);
    next();
  });
}

async function chain() {
  while (left-- > 0) check(await fs.promises.readFile(file));
}

for (let i = 0; i < IN_FLIGHT; i++) {
  if (way === 'callback') next();
  else chain();
}
