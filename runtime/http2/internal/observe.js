'use strict';
// Who watches http2: diagnostics channels and performance entries.
// Run once per realm by internal/http2/stream.

const { sessionName } = require('internal/http2/util');
const { wanted } = require('internal/perf_hooks/measure');
const { kState } = require('internal/http2/symbols');

const binding = internalBinding('process');

const kEvents = {
  client: ['created', 'start', 'error', 'finish', 'bodyChunkSent', 'bodySent', 'close'],
  server: ['created', 'start', 'error', 'finish', 'close'],
};

let sides;

/** {client, server}, each with its channels by event. */
function channels() {
  if (sides !== undefined) return sides;
  const { channel } = require('diagnostics_channel');
  sides = {};
  for (const side of ['client', 'server']) {
    sides[side] = {};
    for (const event of kEvents[side]) sides[side][event] = channel(`http2.${side}.stream.${event}`);
  }
  return sides;
}

/** Publishes what `makeMessage` makes, when somebody listens. */
function publish(side, event, makeMessage) {
  const channel = channels()[side][event];
  if (channel.hasSubscribers) channel.publish(makeMessage());
}

let timeOrigin;

/** As performance.now(). */
function now() {
  timeOrigin ??= binding.startTime();
  return (binding.now() - timeOrigin) / 1e6;
}

function report(name, startTime, detail) {
  const { PerformanceNodeEntry } = require('internal/perf_hooks/entries');
  const entry = new PerformanceNodeEntry(name, 'http2', startTime, now() - startTime, detail);
  // Where they were before there was `detail`.
  for (const key of Object.keys(detail)) {
    Object.defineProperty(entry, key, {
      __proto__: null, configurable: true, enumerable: true, value: detail[key], writable: true,
    });
  }
  require('internal/perf_hooks/observer').notify(entry);
}

function reportStream(stream) {
  const state = stream[kState];
  const { streamTimes } = stream.session[kState];
  streamTimes.count++;
  streamTimes.total += now() - state.startTime;
  if (!wanted.has('http2')) return;
  const statistics = stream._handle?.statistics() ?? [];
  const since = (time) => (time === 0 ? 0 : time - state.startTime);
  report('Http2Stream', state.startTime, {
    bytesRead: statistics[0] ?? 0,
    bytesWritten: statistics[1] ?? 0,
    id: state.id,
    timeToFirstByte: since(state.firstByte),
    timeToFirstByteSent: since(state.firstByteSent),
    timeToFirstHeader: since(state.firstHeader),
  });
}

function reportSession(session, handle) {
  if (!wanted.has('http2')) return;
  const state = session[kState];
  const [framesReceived = 0, framesSent = 0, bytesRead = 0, bytesWritten = 0, maxConcurrentStreams = 0] =
    handle?.statistics() ?? [];
  const { count, total } = state.streamTimes;
  report('Http2Session', state.startTime, {
    bytesRead,
    bytesWritten,
    framesReceived,
    framesSent,
    maxConcurrentStreams,
    pingRTT: state.pingRtt,
    streamAverageDuration: count === 0 ? 0 : total / count,
    streamCount: state.streamCount,
    type: sessionName(session.type),
  });
}

function forgetProcess() {
  timeOrigin = undefined;
}

module.exports = { channels, forgetProcess, now, publish, reportSession, reportStream };
