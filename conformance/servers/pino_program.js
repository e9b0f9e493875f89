// pino: levels, children, serializers, redaction, a file, a worker thread as transport. Writes to stdout and to files.
'use strict';

const pino = require('pino');

const options = { base: null, timestamp: false };

const log = pino({ ...options, level: 'trace', redact: ['password', 'deep.*.secret'], serializers: { name: (x) => `<${x}>` } });
log.info('hello %s, %d, %j', 'world', 42, { a: 1 });
log.warn({ password: 'x', deep: { a: { secret: 1, other: 2 } }, name: 'n' }, 'redacted');
log.child({ module: 'child' }, { level: 'error' }).info('is not written');
log.child({ module: 'child' }).error({ err: Object.assign(new TypeError('of a kind'), { stack: 'no stack', code: 'CODE' }) });
log.trace({ big: 10n, date: new Date(0), nested: [undefined, null, () => {}] });
pino({ ...options, formatters: { level: (label) => ({ level: label }) }, messageKey: 'message' }).info('formatted');

const file = pino(options, pino.destination({ dest: 'out/sync.log', mkdir: true, sync: true }));
for (let i = 0; i < 100; i++) file.info({ i }, 'line');

const buffered = pino.destination({ dest: 'out/buffered.log', mkdir: true, sync: false, minLength: 4096 });
const async = pino(options, buffered);
buffered.on('ready', () => {
  for (let i = 0; i < 1000; i++) async.info({ i }, 'a longer line that fills the buffer');
  buffered.flushSync();
});

const transport = pino.transport({ target: 'pino/file', options: { destination: 'out/worker.log', mkdir: true } });
const threaded = pino(options, transport);
transport.on('ready', () => {
  for (let i = 0; i < 100; i++) threaded.info({ i }, 'from a worker');
  transport.on('close', () => log.info('closed'));
  transport.end();
});
