const t = setTimeout(() => console.log('no'), 1);
const id = +t;
console.log(typeof id, Number.isInteger(id));
clearTimeout(id);
const s = setTimeout(() => console.log('no'), 1);
clearTimeout(`${+s}`);
setTimeout(() => console.log('done'), 5);
