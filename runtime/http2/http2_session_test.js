'use strict';
// Sessions over plain TCP: requests, flow control, trailers, pushes, resets. Node passes it too.

const assert = require('assert');
const http2 = require('http2');

const kBody = Buffer.alloc(3_000_000, 'gyre');

function serve(onStream, run) {
  const server = http2.createServer();
  server.on('stream', onStream);
  server.listen(0, () => {
    const client = http2.connect(`http://localhost:${server.address().port}`);
    run(client, () => {
      client.close();
      server.close();
    });
  });
}

function collect(stream, done) {
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => done(Buffer.concat(chunks)));
}

// A body much larger than the windows goes there and back.
serve((stream, headers) => {
  assert.strictEqual(headers[':path'], '/echo');
  assert.deepStrictEqual(headers['set-cookie'], ['a', 'b']);
  assert.strictEqual(headers.cookie, 'c; d');
  stream.respond({ ':status': 200, 'content-type': 'text/plain' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': 'done' }));
  stream.pipe(stream);
}, (client, close) => {
  const request = client.request({ ':method': 'POST', ':path': '/echo', 'set-cookie': ['a', 'b'], 'cookie': ['c', 'd'] });
  let trailers;
  request.on('response', (headers) => assert.strictEqual(headers[':status'], 200));
  request.on('trailers', (headers) => { trailers = headers; });
  request.on('close', () => {
    assert.strictEqual(trailers['x-sum'], 'done');
    assert.strictEqual(request.rstCode, 0);
    close();
  });
  collect(request, (body) => assert(body.equals(kBody)));
  request.end(kBody);
});

// A reader that pauses holds the writer back.
serve((stream) => {
  stream.respond();
  stream.end(kBody);
  setTimeout(() => assert(stream.writableLength > 0), 100);
}, (client, close) => {
  const request = client.request();
  setTimeout(() => collect(request, (body) => {
    assert.strictEqual(body.length, kBody.length);
    close();
  }), 300);
});

// A push, and the answer it came with.
serve((stream) => {
  stream.respond();
  stream.pushStream({ ':path': '/pushed' }, (error, push) => {
    assert.ifError(error);
    push.respond({ 'x-pushed': 'yes' });
    push.end('pushed');
    stream.end('asked for');
  });
}, (client, close) => {
  const seen = [];
  const done = (text) => {
    seen.push(text);
    if (seen.length === 2) {
      assert.deepStrictEqual(seen.sort(), ['asked for', 'pushed']);
      close();
    }
  };
  client.on('stream', (push, headers) => {
    assert.strictEqual(headers[':path'], '/pushed');
    push.on('push', (answer) => assert.strictEqual(answer['x-pushed'], 'yes'));
    collect(push, (body) => done(body.toString()));
  });
  collect(client.request(), (body) => done(body.toString()));
});

// A reset reaches the other side with its code.
serve((stream) => {
  stream.on('error', (error) => assert.strictEqual(error.code, 'ERR_HTTP2_STREAM_ERROR'));
  stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
}, (client, close) => {
  const request = client.request();
  request.on('error', (error) => {
    assert.strictEqual(error.message, 'Stream closed with error code NGHTTP2_ENHANCE_YOUR_CALM');
  });
  request.on('close', () => {
    assert.strictEqual(request.rstCode, http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
    close();
  });
});

// Many requests at once over one connection, compatibility API.
const server = http2.createServer((request, response) => {
  response.setHeader('x-path', request.url);
  response.end(`body of ${request.url}`);
});
server.listen(0, async () => {
  const client = http2.connect(`http://localhost:${server.address().port}`);
  await Promise.all(Array.from({ length: 200 }, (_, i) => new Promise((resolve) => {
    const request = client.request({ ':path': `/${i}` });
    request.on('response', (headers) => assert.strictEqual(headers['x-path'], `/${i}`));
    collect(request, (body) => {
      assert.strictEqual(body.toString(), `body of /${i}`);
      resolve();
    });
  })));
  client.close();
  server.close();
});
