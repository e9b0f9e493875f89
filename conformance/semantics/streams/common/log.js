// What the cases share: a note of every event of a stream, in order.
'use strict';

const kEvents = ['open', 'ready', 'pause', 'resume', 'readable', 'end', 'drain', 'prefinish', 'finish', 'pipe', 'unpipe', 'error', 'close'];

/** A list of lines, and a function that has it note a stream's events under a name. */
function makeLog() {
  const lines = [];
  const note = (name, stream, events = kEvents.filter((event) => event !== 'readable')) => {
    for (const event of events) {
      stream.on(event, (argument) => {
        lines.push(`${name} ${event}${argument instanceof Error ? ` ${argument.code ?? argument.name}: ${argument.message}` : ''}`);
      });
    }
    return stream;
  };
  return { lines, note };
}

/** Runs `body(log)` for each name of an object, waits until nothing happens any more, and prints what was noted. */
async function cases(bodies) {
  for (const name of Object.keys(bodies)) {
    const log = makeLog();
    try {
      await bodies[name](log);
    } catch (error) {
      log.lines.push(`thrown ${error.code ?? error.name}: ${error.message}`);
    }
    for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
    console.log(`${name}: ${log.lines.join(', ') || '(nothing)'}`);
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

module.exports = { cases, makeLog, sleep };
