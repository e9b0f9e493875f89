for (const n of [1, 2, 3]) {
  setTimeout(() => {
    console.log('timer', n);
    process.nextTick(() => console.log('tick', n));
    Promise.resolve().then(() => console.log('promise', n));
  }, 1);
}
