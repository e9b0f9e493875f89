const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message));
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  const circular = { name: 'circular' };
  circular.self = circular;
  const values = [
    circular, new Map([[{ a: 1 }, new Set([1, 'x'])]]), new Date(0), /x/gi, { n: 12345678901234567890n }, [undefined, NaN, -0, , 1],
    Buffer.from('buffer'), new Uint16Array([1, 2]), new Float64Array([0.5]), new RangeError('far'),
    Object(true), new ArrayBuffer(3), undefined === null,
  ];
  for (const value of values) child.send(value);
  let count = 0;
  child.on('message', (message) => {
    console.log(message instanceof Error ? `${message.name}: ${message.message}` : message);
    if (++count === values.length) child.disconnect();
  });
  try {
    child.send({ f() {} });
  } catch (error) {
    console.log(error.name, error.message);
  }
}
