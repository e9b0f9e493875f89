// What a session throws and answers.
'use strict';
const { Session, url, waitForDebugger } = require('inspector');

function attempt(fn) {
  try {
    console.log(fn());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const session = new Session();
attempt(() => url());
attempt(() => waitForDebugger());
attempt(() => session.post('Runtime.enable'));
attempt(() => session.connectToMainThread());
attempt(() => session.disconnect());
session.connect();
attempt(() => session.connect());
attempt(() => session.post(1));
attempt(() => session.post('Runtime.enable', 'no object'));
attempt(() => session.post('Runtime.enable', {}, 'no function'));
session.post('No.method', (error, result) => console.log(error.code, error.message, result));
session.post('Runtime.evaluate', (error) => console.log(error.code, error.message));
session.post('Runtime.evaluate', { expression: '6 * 7' }, (error, answer) => console.log(error, answer));
session.disconnect();
