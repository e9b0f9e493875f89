process.on('warning', (w) => console.log(w.name, w.message.split('\n')[0]));
const show = (delay) => {
  const t = setTimeout(() => {}, delay);
  console.log(String(delay), t._idleTimeout);
  clearTimeout(t);
};
[0, 1, 1.9, 2 ** 31 - 1, 2 ** 31, -1, NaN, Infinity, '5', undefined, null, 'x'].forEach(show);
