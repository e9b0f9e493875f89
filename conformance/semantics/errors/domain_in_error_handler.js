// What process.domain is while a domain's listener handles an error, and after.
'use strict';
const domain = require('domain');
const show = (where) => console.log(where, process.domain === undefined ? 'undefined' : process.domain === null ? 'null' : process.domain.name);
const make = (name) => Object.assign(domain.create(), { name });
show('before');
const single = make('single');
single.on('error', () => show('in the handler'));
single.run(() => setImmediate(() => { throw new Error('one'); }));
setTimeout(() => {
  show('after');
  const outer = make('outer');
  const inner = make('inner');
  outer.on('error', ({ message }) => show(`outer handles ${message}`));
  inner.on('error', () => {
    show('inner handles');
    throw new Error('another');
  });
  outer.run(() => inner.run(() => { throw new Error('two'); }));
}, 5);
