setTimeout(() => console.log('timeout'), 0);
Promise.resolve().then(() => process.nextTick(() => console.log('tick')));
