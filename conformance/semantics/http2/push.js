// Pushes: to a client that takes them, to one that has switched them off, from a push.
'use strict';

const { collect, pair } = require('./common/pair');

function attempt(action) {
  try {
    action();
  } catch (error) {
    console.log(error.code, error.message);
  }
}

function onStream(stream) {
  console.log('allowed', stream.pushAllowed);
  stream.respond();
  attempt(() => stream.pushStream({ ':path': '/pushed' }, (error, push, headers) => {
    console.log(error, headers[':path'], headers[':method'], push.id % 2);
    attempt(() => push.pushStream({}, () => {}));
    push.respond({ 'x-p': 1 });
    push.end('pushed');
    stream.end('asked');
  }));
  if (!stream.pushAllowed) stream.end('asked');
}

pair({}, onStream, (client, close) => {
  const pushed = new Promise((resolve) => client.on('stream', (push, headers) => {
    push.on('push', (answer) => console.log('push', headers[':path'], answer[':status'], answer['x-p']));
    collect(push).then(resolve);
  }));
  Promise.all([collect(client.request()), pushed]).then(([answer, push]) => {
    console.log(answer.body, push.body);
    close();
    pair({ client: { settings: { enablePush: false } } }, onStream, async (other, closeOther) => {
      console.log((await collect(other.request())).body);
      closeOther();
    });
  });
});
