// Small operations, each for a quarter of a second after a warm-up: prints {operation: nanoseconds each} as JSON.
'use strict';

const URLS = ['https://example.org/a/b/c?d=e&f=g#h', 'http://localhost:8080/', 'file:///home/user/project/file.txt',
  'https://user:secret@www.example.com:8443/p/a/t/h?query=string&empty=#hash'];
const TEXT = 'The quick brown fox jumps over the lazy dog. '.repeat(24);
const MIXED = TEXT + '\u00e4\u4e2d\u{1f600}'.repeat(8);
const BYTES = Buffer.from(TEXT);
const BASE64 = BYTES.toString('base64');
const DOCUMENT = { id: 7, name: 'a name', tags: ['a', 'b', 'c'], nested: { deep: [1, 2, 3, { four: true }] }, text: TEXT.slice(0, 200) };
const JSON_TEXT = JSON.stringify(DOCUMENT);
let i = 0;

const operations = {
  'new URL': () => new URL(URLS[i++ & 3]).hostname.length,
  'URLSearchParams': () => new URLSearchParams('a=1&b=2&c=3&max=100').get('max').length,
  'Buffer.from utf8': () => Buffer.from(MIXED).length,
  'toString utf8': () => BYTES.toString().length,
  'toString latin1': () => BYTES.latin1Slice().length,
  'toString base64': () => BYTES.toString('base64').length,
  'from base64': () => Buffer.from(BASE64, 'base64').length,
  'Buffer.concat': () => Buffer.concat([BYTES, BYTES]).length,
  'Buffer.alloc 64': () => Buffer.alloc(64).length,
  'indexOf': () => BYTES.indexOf('lazy dog. Z'),
  'JSON.parse': () => JSON.parse(JSON_TEXT).id,
  'JSON.stringify': () => JSON.stringify(DOCUMENT).length,
};

function nanosecondsEach(operation, milliseconds) {
  const end = performance.now() + milliseconds;
  const start = performance.now();
  let count = 0;
  let sink = 0;
  let now;
  do {
    for (let n = 0; n < 200; n++) sink += operation();
    count += 200;
    now = performance.now();
  } while (now < end);
  if (Number.isNaN(sink)) throw new Error('not a number');
  return (now - start) * 1e6 / count;
}

const result = {};
for (const [name, operation] of Object.entries(operations)) {
  nanosecondsEach(operation, 100);
  result[name] = nanosecondsEach(operation, 250);
}
console.log(JSON.stringify(result));
