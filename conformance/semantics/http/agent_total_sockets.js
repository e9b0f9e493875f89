// maxTotalSockets counts the sockets that wait for a request, too.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true, maxTotalSockets: 1 });

function count(sets) {
  return Object.values(sets).flat().length;
}

function show(when) {
  console.log(when, 'of all', agent.totalSocketCount, 'busy', count(agent.sockets), 'free', count(agent.freeSockets),
    'asked for', count(agent.requests));
}

function listen(text) {
  return new Promise((resolve) => {
    const server = http.createServer((req, res) => res.end(text)).listen(0, () => resolve(server));
  });
}

function get(server, when) {
  return new Promise((resolve) => {
    http.get({ port: server.address().port, agent }, (res) => {
      res.resume().on('end', () => {
        show(when);
        setTimeout(resolve, 20);
      });
    });
  });
}

async function main() {
  const first = await listen('first');
  const second = await listen('second');
  await get(first, 'first');
  show('later');
  const answer = get(second, 'second');
  show('asked');
  first.close();
  first.closeIdleConnections();
  await answer;
  show('end');
  agent.destroy();
  second.close();
}

main();
