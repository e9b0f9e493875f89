'use strict';

// Milestones, the timeline, observers, resource timing, histograms and the loop's utilization.

const assert = require('assert');
const dns = require('dns');
const net = require('net');
const {
  PerformanceObserver, PerformanceResourceTiming, createHistogram, eventLoopUtilization, monitorEventLoopDelay, performance,
} = require('perf_hooks');

const { nodeTiming } = performance;

// Milestones
{
  const { nodeStart, v8Start, environment, bootstrapComplete } = nodeTiming;
  assert(nodeStart > 0 && nodeStart < v8Start && v8Start < environment && environment < bootstrapComplete);
  assert.strictEqual(nodeTiming.loopStart, -1);
  assert.strictEqual(nodeTiming.loopExit, -1);
  assert.deepStrictEqual(eventLoopUtilization(), { idle: 0, active: 0, utilization: 0 });
  assert(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 100);
  setImmediate(() => assert(nodeTiming.loopStart >= bootstrapComplete));
  process.on('exit', () => assert(nodeTiming.loopExit > nodeTiming.loopStart));
}

// Marks and measures
{
  performance.mark('a', { startTime: 5, detail: { x: 1 } });
  performance.mark('b', { startTime: 15 });
  const { startTime, duration, detail } = performance.measure('a to b', { start: 'a', end: 'b', detail: 'more' });
  assert.deepStrictEqual([startTime, duration, detail], [5, 10, 'more']);
  assert.strictEqual(performance.measure('x', { detail: 1 }).startTime, 0);
  assert.strictEqual(performance.measure('x', 'nodeStart').startTime, nodeTiming.nodeStart);
  assert.throws(() => performance.measure('x', 'missing'), { name: 'SyntaxError' });
  assert.throws(() => performance.measure('x', { start: 1, end: 2, duration: 1 }), { code: 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS' });
  performance.clearMarks();
  performance.clearMeasures();
  assert.deepStrictEqual(performance.getEntries(), []);
  assert.strictEqual(Object.prototype.toString.call(performance), '[object Performance]');
}

// Observers
{
  const seen = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name, entryType, detail } of list.getEntries()) seen.push({ name, entryType, detail });
  });
  observer.observe({ entryTypes: ['function', 'net', 'dns', 'mark'] });
  performance.timerify(function timed(a) { return a; })(7);
  performance.mark('observed');
  const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    net.connect(port, '127.0.0.1').resume().on('close', () => dns.lookup('localhost', { family: 4 }, () => {
      server.close();
      setTimeout(() => {
        observer.disconnect();
        const byType = (type) => seen.filter(({ entryType }) => entryType === type).map(({ name, detail }) => [name, detail]);
        assert.deepStrictEqual(byType('function'), [['timed', [7]]]);
        assert.deepStrictEqual(byType('mark'), [['observed', null]]);
        assert.deepStrictEqual(byType('net'), [['connect', { host: '127.0.0.1', port }]]);
        const [[name, { hostname, family, addresses }]] = byType('dns');
        assert.deepStrictEqual([name, hostname, family, addresses], ['lookup', 'localhost', 4, ['127.0.0.1']]);
      }, 20);
    }));
  });
}

// Resources
{
  const timing = {
    startTime: 50, endTime: 100, redirectStartTime: 0, redirectEndTime: 0, postRedirectStartTime: 0,
    finalServiceWorkerStartTime: 0, finalNetworkRequestStartTime: 0, finalNetworkResponseStartTime: 0, encodedBodySize: 150,
    decodedBodySize: 0, finalConnectionTimingInfo: null,
  };
  const mark = () => performance.markResourceTiming(timing, 'http://localhost/', 'fetch', globalThis, '', {}, 200, '');
  performance.setResourceTimingBufferSize(1);
  const entry = mark();
  assert(entry instanceof PerformanceResourceTiming);
  assert.deepStrictEqual([entry.duration, entry.transferSize, entry.responseStatus], [50, 450, 200]);
  mark();
  assert.strictEqual(performance.getEntriesByType('resource').length, 1);
  performance.onresourcetimingbufferfull = ({ type }) => {
    assert.strictEqual(type, 'resourcetimingbufferfull');
    performance.onresourcetimingbufferfull = null;
    performance.setResourceTimingBufferSize(2);
    setImmediate(() => assert.strictEqual(performance.getEntriesByType('resource').length, 2));
  };
}

// Histograms: the numbers are Node's.
{
  const round = (value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  const rounded = (object) => JSON.parse(JSON.stringify(object, (key, value) => round(value)));
  const squares = createHistogram();
  const line = createHistogram();
  for (let i = 1; i <= 40; i++) squares.record(i * i);
  for (let i = 1; i <= 40; i++) line.record(i * 37 + 3);
  for (let i = 0; i < 5; i++) line.record(5000 + i * 300);
  assert.deepStrictEqual(rounded([
    squares.mean, squares.stddev, squares.skewness, squares.kurtosis, squares.cdf(100), squares.ccdf(100),
    squares.ksTest(line), squares.cohensD(line), squares.cliffsD(line),
  ]), [553.5, 488.028, 0.624327, -0.875662, 0.25, 0.75, 0.280556, -0.615534, -0.364444]);
  assert.deepStrictEqual(rounded(squares.welchTest(line)), {
    tStatistic: -2.97524, degreesOfFreedom: 53.2858, pValue: 0.004393,
    confidenceInterval: { lower: -1248.57, upper: -243.096 },
  });
  assert.deepStrictEqual(rounded(squares.mannWhitneyTest(line)), { uStatistic: 572, zScore: -2.88791, pValue: 0.00387814 });
  assert.deepStrictEqual({ ...squares.percentileCI(50) }, { value: 400, lower: 196, upper: 729 });
  assert.deepStrictEqual([...squares.linearBuckets(300)], [[300, 17], [600, 7], [900, 6], [1200, 4], [1500, 4], [1800, 2]]);
  assert.deepStrictEqual([...squares.logBuckets(10, 3)], [[10, 3], [30, 2], [90, 4], [270, 7], [810, 12], [2430, 12]]);
  assert.deepStrictEqual([...squares.percentiles],
                         [[0, 1], [50, 400], [75, 900], [87.5, 1225], [93.75, 1444], [96.875, 1521], [98.4375, 1600], [100, 1600]]);
  const smoothed = createHistogram({ halfLife: 10, threshold: 50 });
  for (let i = 1; i <= 100; i++) smoothed.record(i);
  assert.deepStrictEqual(rounded([smoothed.ewmaMean, smoothed.ewmaStddev, smoothed.ewmaErrorRate, smoothed.burnRate(0.99)]),
                         [86.0819, 14.3231, 0.96875, 96.875]);
  const corrected = createHistogram();
  corrected.recordCorrected(100, 10);
  assert.strictEqual(corrected.count, 10);
  assert.throws(() => corrected.cdf('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => squares.ksTest({}), { code: 'ERR_INVALID_ARG_TYPE' });
}

// The loop
{
  const delay = monitorEventLoopDelay({ resolution: 1 });
  assert.strictEqual(delay.enable(), true);
  assert.strictEqual(delay.enable(), false);
  const poll = setInterval(() => {
    const first = eventLoopUtilization();
    if (delay.count === 0 || first.idle === 0) return;
    clearInterval(poll);
    assert.strictEqual(delay.disable(), true);
    assert(delay.min > 0);
    assert(first.active > 0 && first.utilization < 1);
    for (const end = Date.now() + 20; Date.now() < end;);
    const since = eventLoopUtilization(first);
    assert.strictEqual(since.idle, 0);
    assert.strictEqual(since.utilization, 1);
    assert(since.active >= 15);
  }, 20);
}
