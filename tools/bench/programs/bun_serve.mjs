// The same answers by Bun's own server. bun_serve.mjs MODE PORT [FILE]
/* global Bun */
const [mode, port, file] = process.argv.slice(2);
const TEN_KIB = Buffer.alloc(10 * 1024, 'x');

const handlers = {
  hello: () => new Response('hello world\n', { headers: { 'Content-Type': 'text/plain' } }),
  json(request) {
    const max = Number(new URL(request.url).searchParams.get('max') ?? 100);
    return Response.json({ random: Math.floor(Math.random() * max) });
  },
  body: () => new Response(TEN_KIB),
  echo: (request) => new Response(request.body),
  file: () => new Response(Bun.file(file)),
};

Bun.serve({ port: Number(port), hostname: '127.0.0.1', idleTimeout: 255, fetch: handlers[mode] });
