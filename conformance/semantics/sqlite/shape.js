// What the module and its classes look like from outside.
const sqlite = require('node:sqlite');

function shapeOf(object) {
  for (const key of Reflect.ownKeys(object)) {
    const { value, get, set, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, key);
    const kind = get !== undefined ? `getter '${get.name}'${set === undefined ? '' : ' and setter'}` :
      typeof value === 'function' ? `function ${value.length}` : typeof value;
    console.log(`  ${String(key)}: ${kind} ${[writable, enumerable, configurable]}`);
  }
}

console.log(sqlite);
console.log(sqlite.backup.name, sqlite.backup.length);
for (const name of ['DatabaseSync', 'StatementSync', 'Session']) {
  console.log(name, sqlite[name].length, sqlite[name].name);
  shapeOf(sqlite[name].prototype);
}
const database = new sqlite.DatabaseSync(':memory:');
const statement = database.prepare('select 1');
const store = database.createTagStore();
for (const object of [database, statement, store, database.createSession(), database.limits, statement.iterate()]) {
  console.log(object.constructor.name, object);
  shapeOf(object);
}
console.log(store.constructor.name);
shapeOf(store.constructor.prototype);
const iterators = Object.getPrototypeOf(statement.iterate());
shapeOf(iterators);
console.log(Object.getPrototypeOf(iterators) === Iterator.prototype, String(statement.iterate()));
console.log(JSON.stringify(database.limits));
const inherited = [];
for (const name in database) inherited.push(name);
console.log(inherited.join());

class Own extends sqlite.DatabaseSync {
  extra = 1;
}
const own = new Own(':memory:');
console.log(own, own.prepare('select 2 as two').get());
