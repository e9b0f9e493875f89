let n = 0;
const t = setInterval(function() {
  console.log(this === t, ++n);
  if (n === 2) this.close();
}, 1);
