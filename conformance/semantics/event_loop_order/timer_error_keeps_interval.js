process.on('uncaughtException', (e) => console.log('caught', e.message));
let n = 0;
const t = setInterval(() => { if (++n === 3) clearInterval(t); throw new Error(`n${n}`); }, 1);
