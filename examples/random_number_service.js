// A REST service with one resource: ./x run examples/random_number_service.js
//   curl '127.0.0.1:8001/random'                   {"min":0,"max":100,"value":42}
//   curl '127.0.0.1:8001/random?min=1&max=6'       a dice
//   curl '127.0.0.1:8001/random?min=6&max=1'       400 and what is wrong
'use strict';

const http = require('http');

const DEFAULTS = { min: 0, max: 100 };

/** Reads min and max from the query; throws a RangeError whose message is for the client. */
function readRange(query) {
  const range = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) {
    if (!query.has(name)) continue;
    range[name] = Number(query.get(name));
    if (query.get(name).trim() === '' || !Number.isSafeInteger(range[name])) throw new RangeError(`${name} must be an integer`);
  }
  if (range.min > range.max) throw new RangeError('min must not be greater than max');
  return range;
}

function draw({ min, max }) {
  return min + Math.floor(Math.random() * (max - min + 1));
}

function send(response, status, body, headers = {}) {
  const text = JSON.stringify(body) + '\n';
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname !== '/random') return send(response, 404, { error: 'there is only /random' });
  if (request.method !== 'GET') return send(response, 405, { error: 'only GET' }, { Allow: 'GET' });
  try {
    const range = readRange(url.searchParams);
    send(response, 200, { ...range, value: draw(range) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    send(response, 400, { error: error.message });
  }
});

server.listen(Number(process.env.PORT ?? 8001), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/random`);
});
