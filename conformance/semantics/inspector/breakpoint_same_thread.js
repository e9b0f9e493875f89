// A breakpoint that a session of the same thread has set does not stop the program: the event comes in the middle of it.
'use strict';
const { Session } = require('inspector');
const { pathToFileURL } = require('url');

function loop() {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    sum += i;
  }
  return sum;
}

const session = new Session();
session.connect();
session.on('Debugger.paused', ({ params: { callFrames: [frame], hitBreakpoints } }) => {
  session.post('Debugger.evaluateOnCallFrame', { callFrameId: frame.callFrameId, expression: '[i, sum].join()' },
               (error, { result }) => console.log(frame.functionName, frame.location.lineNumber, hitBreakpoints.length, result.value));
});
session.post('Debugger.enable');
session.post('Debugger.setBreakpointByUrl', { lineNumber: 8, url: pathToFileURL(__filename).href }, (error, { locations }) => {
  console.log(locations.length);
});
console.log(loop());
session.disconnect();
console.log(loop());
