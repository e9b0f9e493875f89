// dns.Resolver against a server of this file's own: every record type, truncation, refusal, silence, cancellation.
'use strict';

const assert = require('assert');
const dgram = require('dgram');
const dns = require('dns');
const net = require('net');
const { once } = require('events');

const label = (text) => [text.length, ...Buffer.from(text)];
const name = (text) => [...text.split('.').flatMap((part) => label(part)), 0];
const u16 = (number) => [number >> 8, number & 0xff];
const u32 = (number) => [...u16(number >>> 16), ...u16(number & 0xffff)];

// The data of the answer to each question, by type.
const data = {
  1: [[192, 0, 2, 1], [192, 0, 2, 2]],
  2: [name('ns.test')],
  5: [name('other.test')],
  6: [[...name('ns.test'), ...name('admin.test'), ...[1, 2, 3, 4, 5].flatMap(u32)]],
  12: [name('pointed.test')],
  15: [[...u16(10), ...name('mail.test')]],
  16: [[...label('one'), ...label('two')], label('three')],
  28: [[0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]],
  33: [[...u16(1), ...u16(2), ...u16(80), ...name('host.test')]],
  35: [[...u16(1), ...u16(2), ...label('s'), ...label('sip'), ...label('!a!b!'), ...name('next.test')]],
  52: [[3, 1, 1, 0xab, 0xcd]],
  257: [[0, ...label('issue'), ...Buffer.from('ca.test')]],
};

function answer(query, truncated) {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const type = question.readUInt16BE(question.length - 4);
  // A name with a CNAME has nothing else.
  const types = type === 255 ? Object.keys(data).map(Number).filter((t) => t !== 5) : [type];
  const records = types.flatMap((t) => data[t].map((bytes) => [0xc0, 12, ...u16(t), 0, 1, ...u32(300), ...u16(bytes.length), ...bytes]));
  const refused = question.includes('refused');
  const count = truncated || refused ? 0 : records.length;
  const head = [...query.subarray(0, 2), truncated ? 0x83 : 0x81, refused ? 0x85 : 0x80, 0, 1, ...u16(count), 0, 0, 0, 0];
  return Buffer.from([...head, ...question, ...(count > 0 ? records.flat() : [])]);
}

async function startServer() {
  const tcp = net.createServer((socket) => {
    socket.on('data', (chunk) => {
      const bytes = answer(chunk.subarray(2), false);
      socket.end(Buffer.concat([Buffer.from(u16(bytes.length)), bytes]));
    });
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address();
  const udp = dgram.createSocket('udp4');
  udp.on('message', (query, from) => {
    if (query.includes('silent')) return;
    udp.send(answer(query, query.includes('truncated')), from.port, from.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return { port, close() { tcp.close(); udp.close(); } };
}

async function everyType(resolver) {
  const soa = { nsname: 'ns.test', hostmaster: 'admin.test', serial: 1, refresh: 2, retry: 3, expire: 4, minttl: 5, type: undefined };
  const naptr = { flags: 's', service: 'sip', regexp: '!a!b!', replacement: 'next.test', order: 1, preference: 2, type: undefined };
  const expected = {
    A: ['192.0.2.1', '192.0.2.2'],
    AAAA: ['2001:db8::7'],
    CAA: [{ critical: 0, type: 'CAA', issue: 'ca.test' }],
    CNAME: ['other.test'],
    MX: [{ exchange: 'mail.test', priority: 10, type: 'MX' }],
    NAPTR: [naptr],
    NS: ['ns.test'],
    PTR: ['pointed.test'],
    SOA: soa,
    SRV: [{ name: 'host.test', port: 80, priority: 1, weight: 2, type: 'SRV' }],
    TLSA: [{ certUsage: 3, selector: 1, match: 1, data: new Uint8Array([0xab, 0xcd]).buffer }],
    TXT: [['one', 'two'], ['three']],
  };
  for (const [type, result] of Object.entries(expected)) {
    assert.deepStrictEqual(await resolver.resolve('name.test', type), result, type);
  }
  assert.deepStrictEqual(await resolver.resolve4('name.test', { ttl: true }),
                         [{ address: '192.0.2.1', ttl: 300 }, { address: '192.0.2.2', ttl: 300 }]);
  const any = await resolver.resolveAny('name.test');
  const found = new Set(any.map(({ type }) => type));
  for (const type of Object.keys(expected)) assert.ok(found.has(type) || type === 'CNAME' || type === 'TLSA', type);
  assert.deepStrictEqual(any.find(({ type }) => type === 'SOA'), { ...soa, type: 'SOA' });
}

async function failures(resolver, port) {
  const fails = (promise, code, syscall, hostname) =>
    assert.rejects(promise, { name: 'Error', code, syscall, hostname, message: `${syscall} ${code} ${hostname}` });
  await fails(resolver.resolve4('refused.test'), 'EREFUSED', 'queryA', 'refused.test');
  await fails(resolver.resolve4('a..b'), 'EBADNAME', 'queryA', 'a..b');
  const hasty = new dns.promises.Resolver({ timeout: 50, tries: 1 });
  hasty.setServers([`127.0.0.1:${port}`]);
  await fails(hasty.resolveMx('silent.test'), 'ETIMEOUT', 'queryMx', 'silent.test');
  const waiting = fails(resolver.resolveTxt('silent.test'), 'ECANCELLED', 'queryTxt', 'silent.test');
  assert.throws(() => resolver.setServers(['192.0.2.1']), {
    code: 'ERR_DNS_SET_SERVERS_FAILED',
    message: "c-ares failed to set servers: \"There are pending queries.\" [[ '192.0.2.1' ]]",
  });
  resolver.cancel();
  await waiting;
}

function servers() {
  const resolver = new dns.Resolver();
  resolver.setServers(['192.0.2.1', '192.0.2.1:5353', '[2001:db8::1]', '[2001:db8::2]:5353']);
  assert.deepStrictEqual(resolver.getServers(), ['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::2]:5353']);
  resolver.setServers([]);
  assert.deepStrictEqual(resolver.getServers(), []);
  assert.throws(() => resolver.setServers(['name']), { code: 'ERR_INVALID_IP_ADDRESS', message: 'Invalid IP address: name' });
  assert.throws(() => resolver.setServers(['192.0.2.1:65536']), { name: 'RangeError', code: 'ERR_SOCKET_BAD_PORT' });
}

(async () => {
  servers();
  const server = await startServer();
  const resolver = new dns.promises.Resolver();
  resolver.setServers([`127.0.0.1:${server.port}`]);
  await everyType(resolver);
  assert.deepStrictEqual(await resolver.resolveNs('truncated.test'), ['ns.test']);
  assert.deepStrictEqual(await resolver.reverse('192.0.2.1'), ['pointed.test']);
  await failures(resolver, server.port);
  dns.setServers([`127.0.0.1:${server.port}`]);
  const [callbackResult] = await Promise.all([
    new Promise((resolve) => { dns.resolveNs('name.test', (error, names) => resolve([error, names])); }),
    dns.promises.resolveNs('name.test'),
  ]);
  assert.deepStrictEqual(callbackResult, [null, ['ns.test']]);
  server.close();
  console.log('ok');
})();
