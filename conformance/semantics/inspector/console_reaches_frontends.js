// Methods of console reach sessions with what called them, then print; inspector.console only reaches them.
'use strict';
const inspector = require('inspector');
const session = new inspector.Session();
session.connect();
const seen = [];
session.on('Runtime.consoleAPICalled', ({ params: { type, args, stackTrace } }) => {
  seen.push([type, args.map(({ type, value, description }) => value ?? description ?? type).join(), stackTrace.callFrames[0].functionName]);
});
session.post('Runtime.enable');
function caller() {
  console.log('text', 1, undefined, { a: 1 });
  console.warn('warning');
  inspector.console.log('not printed');
}
caller();
session.post('Runtime.disable');
session.disconnect();
for (const one of seen) console.log(one.join(' | '));
