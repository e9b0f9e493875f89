// flags: --require ./lib/register_too.cjs
// --require runs in the hooks thread as well, so register() there adds the hooks once more.
import('./lib/dependency.mjs').then((namespace) => console.log(Object.keys(namespace)));
