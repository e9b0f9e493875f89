// Loading extensions: when it is allowed, what is checked, how it fails.
const { DatabaseSync } = require('node:sqlite');
const { show } = require('./common/show');

const closed = new DatabaseSync(':memory:');
show('not allowed', () => closed.loadExtension('/nonexistent/x'));
for (const allow of [undefined, 1, true, false]) show(`enable ${allow}`, () => closed.enableLoadExtension(allow));
const open = new DatabaseSync(':memory:', { allowExtension: true });
show('no path', () => open.loadExtension(5));
show('no file', () => open.loadExtension('/nonexistent/x'));
show('no file, entry point', () => open.loadExtension('/nonexistent/x', 'entry'));
show('no text as entry point', () => open.loadExtension('/nonexistent/x', 5));
show('SQL', () => open.prepare("select load_extension('/nonexistent/x')").get());
show('disabled', () => {
  open.enableLoadExtension(false);
  open.loadExtension('/nonexistent/x');
});
show('enabled', () => {
  open.enableLoadExtension(true);
  open.loadExtension('/nonexistent/x');
});
for (const active of [undefined, 1, true, false]) show(`defensive ${active}`, () => open.enableDefensive(active));
