process.on('uncaughtException', (e) => console.log('caught', e.message));
for (let i = 0; i < 5; i++) setImmediate(() => { console.log('immediate', i); if (i % 2) throw new Error(String(i)); });
