for (const v of ['1', '', 'x', 1.5, {}, true, null, undefined, 2n]) {
  try { process.exitCode = v; console.log(typeof v, String(v), 'ok', process.exitCode); } catch (e) { console.log(e.code, e.message); }
}
process.exitCode = 0;
