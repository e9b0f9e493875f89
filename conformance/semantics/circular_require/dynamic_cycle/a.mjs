console.log('a runs'); export const self = () => import('./main.mjs'); import('./main.mjs').then((m) => console.log('a got main', m.main)); export const a = 1;
