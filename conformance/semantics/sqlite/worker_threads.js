// A database belongs to its thread; a file is shared by the connections of several.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { once } = require('events');
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const { DatabaseSync } = require('node:sqlite');

const kWorkers = 3;
const kRows = 20;

if (isMainThread) {
  (async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workers-'));
    process.on('exit', () => fs.rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'shared.db');
    const database = new DatabaseSync(file);
    database.exec('create table t(worker, n)');
    const workers = Array.from({ length: kWorkers }, (_, number) => new Worker(__filename, { workerData: { file, number } }));
    await Promise.all(workers.map(async (worker) => console.log((await once(worker, 'message'))[0] <= kRows)));
    await Promise.all(workers.map((worker) => worker.terminate()));
    console.log(database.prepare('select worker, count(*) rows, sum(n) sum from t group by worker').all());
  })();
} else {
  const { file, number } = workerData;
  const database = new DatabaseSync(file, { timeout: 20_000 });
  database.function('twice', (n) => 2 * n);
  const insert = database.prepare('insert into t values (?, twice(?))');
  for (let n = 0; n < kRows; n++) insert.run(number, n);
  // Left open, in the middle of its rows, when the thread ends.
  const rows = database.prepare('select * from t').iterate();
  rows.next();
  parentPort.postMessage(rows.return().done ? kRows : 0);
}
