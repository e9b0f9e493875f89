// only gyre: node cannot serialize a blob
// A blob keeps its bytes, and can be sliced, cloned and sent afterwards.
const { roundTrip } = require('./support/snapshots.js');

roundTrip(() => {
  const blob = new Blob(['text', new Uint8Array([33])]);
  const file = new File([blob, ' and more'], 'name.txt', { type: 'text/plain', lastModified: 5 });
  require('v8').startupSnapshot.setDeserializeMainFunction(async () => {
    console.log(await blob.text(), blob.size, await blob.slice(1, 3).text());
    console.log(await file.text(), file.name, file.type, file.lastModified);
    console.log(await structuredClone(blob).text(), await new Response(blob).text());
    const { port1, port2 } = new MessageChannel();
    port2.on('message', async (received) => {
      console.log(await received.text());
      port2.close();
    });
    port1.postMessage(blob);
  });
});
