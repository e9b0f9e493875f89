// The same answers by Deno's own server. deno_serve.mjs MODE PORT [FILE]
/* global Deno */
const [mode, port, file] = Deno.args;
const TEN_KIB = new Uint8Array(10 * 1024).fill(120);

const handlers = {
  hello: () => new Response('hello world\n', { headers: { 'Content-Type': 'text/plain' } }),
  json(request) {
    const max = Number(new URL(request.url).searchParams.get('max') ?? 100);
    return Response.json({ random: Math.floor(Math.random() * max) });
  },
  body: () => new Response(TEN_KIB),
  echo: (request) => new Response(request.body),
  file: async () => new Response((await Deno.open(file)).readable),
};

Deno.serve({ port: Number(port), hostname: '127.0.0.1', onListen() {} }, handlers[mode]);
