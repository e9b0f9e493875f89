const start = Date.now();
const t = setTimeout(() => console.log('fired late:', Date.now() - start >= 29), 20);
setTimeout(() => t.refresh(), 10);
