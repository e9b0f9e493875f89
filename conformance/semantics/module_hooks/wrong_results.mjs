// What hooks return and hand on is checked, and the errors cross the threads whole.
import { register } from 'node:module';

register('./lib/wrong.mjs', import.meta.url);
const kinds = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const shown = (error) => `${error?.name} ${error?.code} ${error?.message.replaceAll(/file:[^ "]*\//g, '')}`;
for (const kind of [...kinds('resolve', 12), ...kinds('load', 17)]) {
  await import(kind).then((namespace) => console.log(kind, namespace), (error) => console.log(kind, shown(error)));
}
for (const kind of ['resolve1', 'resolve7', 'resolve12']) {
  try {
    import.meta.resolve(kind);
  } catch (error) {
    console.log(kind, error?.code, error instanceof TypeError);
  }
}
for (const args of [['./x', 5], ['missing'], [5], ['./missing.mjs', import.meta.url], ['data:text/javascript,', { data: () => 1 }]]) {
  try {
    register(...args);
  } catch (error) {
    console.log(error.name, error.code, error.message.replaceAll(/\/[^ ]*\//g, ''));
  }
}
