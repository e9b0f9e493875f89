setTimeout(() => console.log('30'), 30);
setTimeout(() => console.log('10'), 10);
setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('1'), 1);
setTimeout(() => console.log('0'), 0);
const end = Date.now() + 50;
while (Date.now() < end);
