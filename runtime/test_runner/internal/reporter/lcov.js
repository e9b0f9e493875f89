'use strict';
// The lcov reporter: coverage in the format of lcov's tracefiles. Loaded when it is asked for.

const { Transform } = require('stream');
const path = require('path');

/** One file's record. */
function recordOf(file, workingDirectory) {
  const lines = ['TN:', `SF:${path.relative(workingDirectory, file.path)}`];
  const nameOf = (fn, index) => (fn.name ? fn.name : `anonymous_${index}`);
  file.functions.forEach((fn, i) => lines.push(`FN:${fn.line},${nameOf(fn, i)}`));
  file.functions.forEach((fn, i) => lines.push(`FNDA:${fn.count},${nameOf(fn, i)}`));
  lines.push(`FNF:${file.totalFunctionCount}`, `FNH:${file.coveredFunctionCount}`);
  file.branches.forEach((branch, i) => lines.push(`BRDA:${branch.line},${i},0,${branch.count}`));
  lines.push(`BRF:${file.totalBranchCount}`, `BRH:${file.coveredBranchCount}`);
  for (const { line, count } of [...file.lines].sort((a, b) => a.line - b.line)) lines.push(`DA:${line},${count}`);
  lines.push(`LH:${file.coveredLineCount}`, `LF:${file.totalLineCount}`, 'end_of_record', '');
  return lines.join('\n');
}

class LcovReporter extends Transform {
  constructor(options) {
    super({ ...options, writableObjectMode: true, __proto__: null });
  }

  _transform(event, encoding, callback) {
    if (event.type !== 'test:coverage') {
      callback(null);
      return;
    }
    const { files, workingDirectory } = event.data.summary;
    callback(null, files.map((file) => recordOf(file, workingDirectory)).join(''));
  }
}

module.exports = LcovReporter;
