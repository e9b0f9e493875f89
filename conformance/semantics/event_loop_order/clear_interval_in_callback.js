let n = 0;
const i = setInterval(() => { console.log('interval', ++n); if (n === 3) clearInterval(i); }, 2);
