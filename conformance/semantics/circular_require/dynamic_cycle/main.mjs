console.log('main starts'); const a = await import('./a.mjs'); console.log('main got', Object.keys(a)); export const main = 1;
