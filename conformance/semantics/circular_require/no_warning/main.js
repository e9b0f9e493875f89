// No warning where exports are no plain object.
process.on('warning', (warning) => console.log('unexpected', warning.message));
for (const kind of ['class', 'array', 'null_proto', 'proxy', 'es_module', 'string', 'own_proto']) require(`./${kind}`);
console.log('done');
