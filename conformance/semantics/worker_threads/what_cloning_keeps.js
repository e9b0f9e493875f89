class Point {
  constructor() { this.x = 1; }
  get y() { return 2; }
}
const shared = { name: 'shared' };
const error = new TypeError('wrong', { cause: new Error('why') });
error.code = 'LOST';
const value = {
  date: new Date(0), regexp: /a/gi, map: new Map([[1, { two: 2 }]]), set: new Set('ab'), big: 10n, boxed: [Object(1), Object('s'), Object(false)],
  sparse: [, 1], typed: new Uint8Array([1, 2, 3]).subarray(1), buffer: Buffer.from('abc'), view: new DataView(new ArrayBuffer(4), 1, 2).byteLength,
  undefined, nan: NaN, zero: -0, first: shared, second: shared, point: new Point(), error, nothing: null,
};
const clone = structuredClone(value);
console.log(clone.date.getTime(), clone.regexp, clone.map, clone.set, clone.big, clone.boxed, clone.sparse);
console.log(clone.typed, clone.typed.buffer.byteLength, clone.buffer.constructor.name, clone.view);
console.log('undefined' in clone, clone.nan, Object.is(clone.zero, -0), clone.first === clone.second, clone.nothing);
console.log(clone.point, clone.point.constructor === Object);
console.log(clone.error.name, clone.error.message, clone.error.code, clone.error.cause.message, clone.error instanceof TypeError);
