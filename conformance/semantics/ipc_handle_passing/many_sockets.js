const { fork } = require('child_process');
const net = require('net');
const kCount = 100;
if (process.argv[2] === 'child') {
  process.on('message', (n, socket) => socket.end(`${n}`));
} else {
  const child = fork(__filename, ['child']);
  let n = 0;
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send(n++, socket)).listen(0, '127.0.0.1', async () => {
    const { port } = server.address();
    const read = () => new Promise((resolve, reject) => {
      let text = '';
      net.connect(port, '127.0.0.1').on('data', (data) => { text += data; }).on('end', () => resolve(Number(text))).on('error', reject);
    });
    const answers = await Promise.all(Array.from({ length: kCount }, read));
    console.log(answers.sort((a, b) => a - b).every((answer, i) => answer === i));
    server.close(() => child.disconnect());
  });
}
