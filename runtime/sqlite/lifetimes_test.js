'use strict';

// What outlives what: databases, statements, sessions and backups that are dropped, closed or used again in the middle
// of SQLite's work. Node ends with a segmentation fault at some of it, so it is not asked.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Worker } = require('worker_threads');
const { DatabaseSync, backup, constants } = require('node:sqlite');

require('v8').setFlagsFromString('--expose-gc');
const gc = require('vm').runInNewContext('gc');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sqlite-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

const kInUse = { code: 'ERR_INVALID_STATE', message: 'database is currently in use' };
const kStatementInUse = { code: 'ERR_INVALID_STATE', message: 'statement is currently in use' };

/** A database with a function that tries `attempt(database)` in the middle of a statement. */
function withAttempt(attempt) {
  const database = new DatabaseSync(':memory:');
  database.function('attempt', () => {
    attempt(database);
    return 1;
  });
  return database;
}

// A connection stays open while SQLite works, whoever asks and however it works.
for (const use of [
  (database) => database.prepare('select attempt()').get(),
  (database) => database.prepare('select attempt()').all(),
  (database) => database.prepare('select attempt()').run(),
  (database) => database.prepare('select attempt()').iterate().next(),
  (database) => database.exec('select attempt()'),
  (database) => database.createTagStore().get`select attempt()`,
]) {
  for (const attempt of [
    (database) => database.close(),
    (database) => database[Symbol.dispose](),
    (database) => database.deserialize(database.serialize()),
  ]) {
    const database = withAttempt(attempt);
    assert.throws(() => use(database), kInUse);
    assert.strictEqual(database.isOpen, true);
    database.close();
  }
}
{
  const database = new DatabaseSync(':memory:');
  database.setAuthorizer(() => {
    database.close();
    return constants.SQLITE_OK;
  });
  assert.throws(() => database.prepare('select 1'), kInUse);
}
{
  const database = new DatabaseSync(':memory:');
  database.aggregate('attempt', { start: 0, step: () => database.close() });
  assert.throws(() => database.prepare('select attempt()').get(), kInUse);
}
{
  const database = new DatabaseSync(':memory:');
  database.exec('create table data(key integer primary key)');
  const session = database.createSession();
  database.exec('insert into data values (1)');
  const changeset = session.changeset();
  assert.throws(() => database.applyChangeset(changeset, { onConflict: () => database.close() }), kInUse);
  assert.strictEqual(database.isOpen, true);
}

// An authorizer is asked while SQLite parses: the schema stays what it is, and queries work.
{
  const setUp = 'create table t(a); create table u(a); create table v(a); insert into u values (1);' +
    'create trigger tr after insert on t begin insert into v select a from u; end';
  for (const attempt of [
    (database, drop) => drop.run(),
    (database) => database.exec('drop trigger tr'),
    (database) => database.prepare('insert into v values (1)').get(),
    (database) => database.prepare('pragma writable_schema = reset'),
    (database) => database.applyChangeset(new Uint8Array()),
  ]) {
    const database = new DatabaseSync(':memory:');
    database.exec(setUp);
    const drop = database.prepare('drop trigger tr');
    let seen;
    database.setAuthorizer((action) => {
      if (action !== constants.SQLITE_READ || seen !== undefined) return constants.SQLITE_OK;
      database.setAuthorizer(null);
      seen = database.prepare('select a from u').all();
      attempt(database, drop);
      return constants.SQLITE_OK;
    });
    assert.throws(() => database.exec('insert into t select a from u'), kInUse);
    assert.strictEqual(seen.length, 1);
    database.exec('insert into t select a from u');
    assert.strictEqual(database.prepare('select * from v').all().length, 1);
  }
}

// Sessions are closed and collected while SQLite goes through them.
for (const end of [(session) => session.close(), () => gc()]) {
  const database = new DatabaseSync(':memory:');
  database.exec('create table t(key integer primary key)');
  const kept = database.createSession();
  const sessions = [database.createSession()];
  let asked = 0;
  database.setAuthorizer((action) => {
    if (action === constants.SQLITE_PRAGMA && asked++ === 0) end(sessions.pop());
    return constants.SQLITE_OK;
  });
  database.exec('insert into t values (1)');
  assert.ok(asked > 0);
  assert.ok(kept.changeset().length > 0);
}

// The bytes of a changeset go while it is applied.
{
  const database = new DatabaseSync(':memory:');
  database.exec('create table t(key integer primary key, text)');
  const session = database.createSession();
  database.exec("with n(x) as (values (1) union all select x + 1 from n where x < 1000) insert into t select x, 'text' from n");
  const changeset = session.changeset();
  session.close();
  const bytes = new Uint8Array(new ArrayBuffer(changeset.length, { maxByteLength: changeset.length }));
  bytes.set(changeset);
  let conflicts = 0;
  const onConflict = () => {
    bytes.buffer.resize(0);
    conflicts++;
    return constants.SQLITE_CHANGESET_OMIT;
  };
  assert.strictEqual(database.applyChangeset(bytes, { onConflict }), true);
  assert.strictEqual(conflicts, 1000);
}

// A statement does not run within itself; what a function catches does not end it.
{
  const caught = [];
  const database = withAttempt(() => {
    assert.deepStrictEqual({ ...iterator.next() }, { done: true, value: null });
    for (const again of [() => statement.get(), () => statement.all(), () => statement.run()]) {
      try {
        again();
      } catch (error) {
        caught.push(error.message);
      }
    }
  });
  const statement = database.prepare('select attempt() as x');
  const iterator = statement.iterate();
  assert.deepStrictEqual({ ...iterator.next().value }, { x: 1 });
  assert.deepStrictEqual(caught, Array(3).fill(kStatementInUse.message));
}

// After an exception nothing else is called: not the function for later rows, not what ends an aggregate.
{
  const calls = [];
  const database = new DatabaseSync(':memory:');
  database.function('fails', () => {
    calls.push('fails');
    throw new Error('first');
  });
  database.aggregate('sum_of', { start: 0, step: (sum, x) => { calls.push('step'); }, result: () => { calls.push('result'); } });
  assert.throws(() => database.exec('select sum_of(x) from (select 1 x union all select fails() union all select fails())'),
                { message: 'first' });
  assert.deepStrictEqual(calls, ['step', 'fails']);
}

// An iterator that is left in the middle of an aggregate, then collected or closed: no JavaScript runs.
{
  const database = new DatabaseSync(':memory:');
  let results = 0;
  database.aggregate('list', { start: () => [], step: (list, x) => [...list, x], result: () => ++results, inverse: (list) => list });
  const sql = 'select list(column1) over (rows between current row and 1 following) from (values (1), (2), (3))';
  database.prepare(sql).iterate().next();
  const before = results;
  gc();
  database.prepare(sql).iterate().next();
  database.close();
  assert.strictEqual(results, before + 1);
}

// Garbage is collected within a function: other statements of the database go.
{
  const database = withAttempt((self) => {
    for (let i = 0; i < 20; i++) self.prepare('select 1').iterate().next();
    gc();
  });
  assert.strictEqual(database.prepare('select attempt() x').get().x, 1);
}

// Objects keep their database, a database does not keep them, and a callback does not keep its database.
{
  const statement = new DatabaseSync(':memory:').prepare('select 5 x');
  const iterator = new DatabaseSync(':memory:').prepare('select 6 x').iterate();
  const session = new DatabaseSync(':memory:').createSession();
  const { limits } = new DatabaseSync(':memory:');
  gc();
  assert.strictEqual(statement.get().x, 5);
  assert.strictEqual(iterator.next().value.x, 6);
  assert.strictEqual(session.changeset().length, 0);
  assert.strictEqual(limits.attach, 10);
}
async function areCollected() {
  let collected = 0;
  const openFiles = () => fs.readdirSync('/proc/self/fd').length;
  const before = openFiles();
  const registry = new FinalizationRegistry(() => collected++);
  (function make() {
    for (let i = 0; i < 10; i++) {
      const database = new DatabaseSync(path.join(folder, 'collected.db'));
      database.exec('create table if not exists t(x)');
      assert.strictEqual(database.limits.attach, 10);
      database.function('own', () => database);
      database.aggregate('own_sum', { start: () => database, step: () => database });
      database.setAuthorizer(() => (database.isOpen ? 0 : 1));
      database.createTagStore().get`select ${1}`;
      registry.register(database);
    }
  })();
  for (let i = 0; i < 10 && collected < 8; i++) {
    gc();
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
  assert.ok(collected >= 8, `${collected} of 10 collected`);
  assert.ok(openFiles() <= before + 2, `${openFiles()} open files, ${before} before`);
}

// A callback that is replaced is let go.
{
  const database = new DatabaseSync(':memory:');
  for (let i = 0; i < 100; i++) {
    database.function('again', () => i);
    database.setAuthorizer(i % 2 ? null : () => 0);
  }
  assert.strictEqual(database.prepare('select again() x').get().x, 99);
}

// A backup goes on without its database, and ends when its thread does.
async function backsUp() {
  const file = path.join(folder, 'copy.db');
  let source = new DatabaseSync(':memory:');
  source.function('f', () => 1);
  source.exec('create table t(x); insert into t values (zeroblob(1000000))');
  const done = backup(source, file, { rate: 10, progress: () => gc() });
  source = undefined;
  assert.strictEqual(await done, 246);
  const closing = new DatabaseSync(file);
  const second = backup(closing, path.join(folder, 'second.db'), { rate: 10 });
  closing.close();
  gc();
  assert.strictEqual(await second, 246);
  await assert.rejects(async () => backup(Object.create(DatabaseSync.prototype), file), { message: 'Illegal invocation' });
}

async function workersEnd() {
  const worker = new Worker(`
    const { DatabaseSync, backup } = require('node:sqlite');
    const database = new DatabaseSync(':memory:');
    database.exec('create table t(x); insert into t values (zeroblob(1000000))');
    database.function('wait', () => { require('worker_threads').parentPort.postMessage('waits'); for (;;); });
    backup(database, ${JSON.stringify(path.join(folder, 'worker.db'))}, { rate: 1 });
    database.prepare('select wait()').get();
  `, { eval: true });
  await new Promise((resolve) => { worker.once('message', resolve); });
  assert.strictEqual(await worker.terminate(), 1);
}

(async () => {
  await areCollected();
  await backsUp();
  await workersEnd();
})();
