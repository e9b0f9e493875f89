// Histograms and block lists are cloned as other views of the same thing: also between threads.
'use strict';

const { createHistogram, monitorEventLoopDelay } = require('perf_hooks');
const { BlockList } = require('net');
const { Worker } = require('worker_threads');

const histogram = createHistogram();
histogram.record(5);
const clone = structuredClone(histogram);
console.log(clone.constructor.name, clone === histogram, clone.count, clone.min, clone.max);
clone.record(9n);
console.log(histogram.count, histogram.max, histogram.percentile(100), histogram.mean);
const second = structuredClone(clone);
second.record(2 ** 40);
second.record(100000);
console.log(histogram.count, histogram.min, histogram.max === second.max, histogram.percentile(60), histogram.stddev === clone.stddev);
console.log(histogram.percentiles, histogram.countAt(100000), histogram.linearBuckets(2 ** 39).size);
const other = createHistogram();
other.record(7);
other.add(clone);
console.log(other.count, histogram.count);
clone.subtract(other);
console.log(histogram.count, clone.min, clone.max);
histogram.reset();
console.log(clone.count, clone.min, clone.max, clone.exceeds);

const small = structuredClone(createHistogram({ lowest: 1, highest: 100, figures: 1 }));
small.record(101);
small.record(100);
console.log(small.count, small.exceeds, small.max);

const smoothed = createHistogram({ halfLife: 3, threshold: 2 });
smoothed.record(5);
const alsoSmoothed = structuredClone(smoothed);
alsoSmoothed.record(9);
console.log(smoothed.ewmaMean === alsoSmoothed.ewmaMean, smoothed.ewmaMean > 5, alsoSmoothed.ewmaErrorRate === smoothed.ewmaErrorRate);

const delay = structuredClone(monitorEventLoopDelay());
console.log(delay.constructor.name, delay.enable, delay.disable, delay.record, delay.count);

const list = new BlockList();
list.addAddress('1.1.1.1');
const copy = structuredClone(list);
console.log(copy === list, copy.constructor === BlockList, copy.rules);
copy.addSubnet('2.2.2.0', 24);
list.addRange('3.3.3.3', '3.3.3.9');
console.log(list.rules.join(), copy.rules.join(), list.size, list.check('2.2.2.2'), copy.check('3.3.3.4'));
copy.removeAddress('1.1.1.1');
console.log(list.check('1.1.1.1'), list.rules.length);
list.fromJSON(['Address: IPv4 5.5.5.5', 'Subnet: IPv6 fe80::/10']);
console.log(copy.rules);
copy.clear();
console.log(list.rules, list.size);

const worker = new Worker(`
  const { workerData: { histogram, list }, parentPort } = require('worker_threads');
  for (let i = 0; i < 1000; i++) histogram.record(77);
  for (let i = 0; i < 100; i++) list.addAddress('9.9.9.' + i);
  parentPort.postMessage('done');
`, { eval: true, workerData: { histogram, list } });
for (let i = 0; i < 100; i++) list.addAddress(`8.8.8.${i}`);
for (let i = 0; i < 1000; i++) histogram.record(3);
worker.on('message', () => {
  console.log(histogram.count, histogram.min, histogram.max, list.size, list.check('9.9.9.50'), list.check('8.8.8.50'));
});
