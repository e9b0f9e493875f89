// flags: --experimental-stream-iter --no-warnings
// filehandle.pull(), pullSync() and writer().
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeTo, pipeToSync, text, textSync } from 'node:stream/iter';
import { compressBrotliSync, decompressBrotli } from 'node:zlib/iter';

const folder = mkdtempSync(join(tmpdir(), 'iter-'));
const file = join(folder, 'file');
const code = (promise) => promise.then((value) => value ?? 'ok', (error) => error.code ?? error.message);

const out = await open(file, 'w');
const writer = out.writer({ limit: 20 });
console.log(await code(writer.write('hello ')), writer.writeSync('sync '), await code(writer.writev(['wo', 'rld'])));
console.log(writer.writeSync('too much'), await code(writer.write('too much')));
await Promise.all([writer.write('1'), writer.write('2'), writer.write('3')]);
console.log(await writer.end(), writer.endSync(), writer.writeSync('x'), await code(writer.write('x')));
const other = out.writer({ start: 6 });
other.writeSync('SYNC');
other.fail(new Error('failed'));
console.log(await code(other.write('x')), other.endSync(), await code(other.end()));
await out.close();
console.log(readFileSync(file, 'utf8'));

const source = await open(file);
console.log(await text(source.pull({ start: 6, limit: 4 })), await text(source.pull({ limit: 5 })), textSync(source.pullSync()));
const batches = await Array.fromAsync(source.pull({ start: 0, chunkSize: 8 }));
console.log(batches.map((batch) => batch.map(String).join('+')).join(' | '));
source.pull();
for (const method of ['pull', 'pullSync', 'writer']) {
  try {
    source[method]();
  } catch ({ code: why, message }) {
    console.log(method, why, message);
  }
}
await source.close();

const from = await open(file);
const to = await open(`${file}.br`, 'w');
pipeToSync(from.pullSync(compressBrotliSync(), { autoClose: true }), to.writer({ autoClose: true }));
console.log(from.fd, to.fd);
const compressed = await open(`${file}.br`);
const copy = await open(`${file}.copy`, 'w');
console.log(await pipeTo(compressed.pull(decompressBrotli(), { autoClose: true }), copy.writer({ autoClose: true })));
console.log(compressed.fd, copy.fd, readFileSync(`${file}.copy`, 'utf8'));
rmSync(folder, { recursive: true });
