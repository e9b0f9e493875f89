// What the programs of the HTTP clients share: they talk to answers.js at the port that is their argument, and print.
'use strict';

const origin = `http://127.0.0.1:${process.argv[2]}`;

async function show(label, action) {
  let line;
  try {
    line = await action();
  } catch (error) {
    const status = error.response?.statusCode ?? error.response?.status;
    line = { failed: error.name, code: error.code, status, message: error.message, cause: error.cause?.code };
  }
  console.log(label, JSON.stringify(line, (key, value) => (typeof value === 'bigint' ? `${value}n` : value))
    .replaceAll(origin, 'ORIGIN').replaceAll(`:${process.argv[2]}`, ':PORT'));
}

module.exports = { origin, show };
