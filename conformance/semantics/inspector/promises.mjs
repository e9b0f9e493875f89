// inspector/promises: post() as a promise.
import { Session } from 'inspector/promises';
const session = new Session();
session.connect();
console.log(await session.post('Runtime.evaluate', { expression: '"a".repeat(3)' }));
await session.post('No.method').catch((error) => console.log(error.code));
const pending = session.post('Runtime.evaluate', { expression: 'new Promise(() => {})', awaitPromise: true });
session.disconnect();
await pending.catch((error) => console.log(error.code, error.message));
