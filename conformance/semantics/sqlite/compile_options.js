// SQLite itself: its version and what it was built with.
const { DatabaseSync } = require('node:sqlite');

const database = new DatabaseSync(':memory:');
const names = database.prepare('pragma compile_options').all().map((row) => row.compile_options);
// Which compiler, and how it makes atomic accesses, is not SQLite's.
console.log(names.filter((name) => !/^(COMPILER|ATOMIC_INTRINSICS)=/.test(name)).join('\n'));
console.log(database.prepare('select sqlite_version() as version, sqlite_source_id() as source').get());
console.log(process.versions.sqlite);
