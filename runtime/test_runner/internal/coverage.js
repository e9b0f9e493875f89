'use strict';
// Code coverage of a test run (--experimental-test-coverage, run({ coverage: true })): this process and the ones it starts
// write what V8 counted into a folder; at the end it is read, put together and summed up by file.

const fs = require('fs');
const path = require('path');
const { getOptionValue } = require('internal/options');
const { fileURLToPath } = require('internal/url');

// What `--test` runs by default: test.js, test-*.js, *_test.js, and everything in a folder named test.
const kTestFile = /(?:^|\/)(?:(?:test|test-[^/]*|[^/]*[._-]test)|test\/.*)\.[cm]?[jt]s$/;
const kCoverageFile = /^coverage-\d+-\d{13}-\d+\.json$/;
const kComment = /\/\*\s*node:coverage\s+(?:(disable|enable)|ignore\s+next(?:\s+(\d+))?)\s*\*\//;

/** Lines of a text with their places: {line, start, end, ignored, count}. */
function linesOf(source) {
  const lines = [];
  let ignored = 0;
  let disabled = false;
  let start = 0;
  for (const [i, text] of source.split('\n').entries()) {
    const end = start + text.length - (text.endsWith('\r') ? 1 : 0);
    const comment = kComment.exec(text);
    if (comment?.[1] === 'disable') disabled = true;
    lines.push({ line: i + 1, start, end, ignored: disabled || ignored > 0, count: 1 });
    if (ignored > 0) ignored--;
    if (comment?.[1] === 'enable') disabled = false;
    else if (comment !== null && comment[1] === undefined) ignored = Number(comment[2] ?? 1);
    start += text.length + 1;
  }
  // The end of the last line begins no other.
  if (lines.length > 1 && source.endsWith('\n')) lines.pop();
  return lines;
}

/** The smallest range of a function that holds a place; its count. */
function countAt(ranges, start, end) {
  let found;
  for (const range of ranges) {
    if (range.startOffset <= start && range.endOffset >= end) found = range;
  }
  return found?.count ?? 0;
}

const byPlace = (a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset;

/** One function of two processes: every range of both, with the counts of both. */
function mergeFunctions(one, other) {
  const places = new Map();
  for (const range of [...one.ranges, ...other.ranges]) {
    places.set(`${range.startOffset}:${range.endOffset}`, range);
  }
  const ranges = [...places.values()].sort(byPlace).map(({ startOffset, endOffset }) => ({
    startOffset, endOffset,
    count: countAt(one.ranges, startOffset, endOffset) + countAt(other.ranges, startOffset, endOffset),
  }));
  return { ...one, isBlockCoverage: one.isBlockCoverage || other.isBlockCoverage, ranges };
}

function mergeScripts(one, other) {
  const functions = new Map();
  for (const each of [...one.functions, ...other.functions]) {
    const { startOffset, endOffset } = each.ranges[0];
    const key = `${each.functionName}:${startOffset}:${endOffset}`;
    functions.set(key, functions.has(key) ? mergeFunctions(functions.get(key), each) : each);
  }
  return { ...one, functions: [...functions.values()].sort((a, b) => byPlace(a.ranges[0], b.ranges[0])) };
}

function percentOf(covered, total) {
  return total === 0 ? 100 : covered / total * 100;
}

function withPercents(counts) {
  return {
    ...counts,
    coveredLinePercent: percentOf(counts.coveredLineCount, counts.totalLineCount),
    coveredBranchPercent: percentOf(counts.coveredBranchCount, counts.totalBranchCount),
    coveredFunctionPercent: percentOf(counts.coveredFunctionCount, counts.totalFunctionCount),
  };
}

// Of a file that a script was made of nothing has run that the script's source map does not say; but what has no code is
// not missed.
const kNoCode = /^\s*(?:import\s+type\b.*)?$/;

/** The report of one file. */
function summarize(file, source, functions, isMapped) {
  const lines = linesOf(source);
  if (isMapped) for (const line of lines) line.count = kNoCode.test(source.slice(line.start, line.end)) ? 1 : 0;
  const lineAt = (offset) => lines.findLast(({ start }) => start <= offset) ?? lines[0];
  const branches = [];
  const reported = [];
  for (const [index, { functionName, isBlockCoverage, isModule = index === 0, ranges }] of functions.entries()) {
    let isIgnored = false;
    for (const [i, { startOffset, endOffset, count }] of ranges.entries()) {
      const touched = lines.filter(({ start, end }) => start < endOffset && end > startOffset || start >= startOffset && end <= endOffset);
      for (const line of touched) {
        if (startOffset <= line.start && endOffset >= line.end) line.count = count;
        else if (isMapped && line.count === 0) line.count = count;
      }
      isIgnored = touched.length > 0 && touched.every(({ ignored }) => ignored);
      const { line } = touched[0] ?? lineAt(startOffset);
      if (isBlockCoverage && !isIgnored) branches.push({ line, count });
      // The first function is the module.
      if (i === 0 && !isModule && !isIgnored) reported.push({ name: functionName, line, count });
    }
  }
  const covered = (list) => list.filter(({ count }) => count > 0).length;
  const counted = lines.map(({ line, count, ignored }) => ({ line, count: ignored ? Math.max(count, 1) : count }));
  return withPercents({
    path: file, totalLineCount: lines.length, totalBranchCount: branches.length, totalFunctionCount: reported.length,
    coveredLineCount: covered(counted), coveredBranchCount: covered(branches), coveredFunctionCount: covered(reported),
    functions: reported, branches, lines: counted,
  });
}

/** Files that several scripts were made of are covered by all of them. */
function addMapped(mapped, url, source, functions, payload) {
  const { mapScript } = require('internal/test_runner/coverage_maps');
  for (const [original, { text, functions: found }] of mapScript(url, source, functions, payload)) {
    if (!original.startsWith('file:')) continue;
    const known = mapped.get(original);
    mapped.set(original, known === undefined ? { text, functions: found } : { text, ...mergeScripts(known, { functions: found }) });
  }
}

class TestCoverage {
  #ownFolder;

  /** @param {boolean} isRunner tests run in other processes, and only what they cover counts */
  constructor(options, cwd, isRunner) {
    this.options = options;
    this.cwd = cwd;
    this.isRunner = isRunner;
    const { NODE_V8_COVERAGE: given } = process.env;
    this.folder = given ? path.resolve(given) : this.#makeFolder();
    if (!isRunner) this.#collector().collect();
  }

  #makeFolder() {
    this.#ownFolder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'node-coverage-'));
    return this.#ownFolder;
  }

  #collector() {
    return require('internal/inspector/coverage');
  }

  /** What was counted, by URL, and the source maps of scripts that have them. */
  #scripts() {
    const scripts = new Map();
    const maps = new Map();
    const add = ({ result, 'source-map-cache': cache = {} }) => {
      if (getOptionValue('--enable-source-maps')) for (const [url, { data }] of Object.entries(cache)) maps.set(url, data);
      for (const script of result) {
        if (!script.url.startsWith('file:') || script.functions.length === 0) continue;
        const known = scripts.get(script.url);
        scripts.set(script.url, known === undefined ? script : mergeScripts(known, script));
      }
    };
    const own = this.isRunner ? undefined : this.#collector().peek();
    if (own !== undefined) add(own);
    for (const name of fs.readdirSync(this.folder)) {
      if (kCoverageFile.test(name)) add(JSON.parse(fs.readFileSync(path.join(this.folder, name), 'utf8')));
    }
    return { scripts, maps };
  }

  #isIncluded(file) {
    const { matchesGlob } = path;
    const relative = path.relative(this.cwd, file);
    const matches = (glob) => matchesGlob(relative, glob) || matchesGlob(file, glob);
    const { excludeGlobs, includeGlobs } = this.options;
    if (excludeGlobs?.length > 0 ? excludeGlobs.some(matches) : kTestFile.test(file)) return false;
    if (includeGlobs?.length > 0) return includeGlobs.some(matches);
    return !file.includes('/node_modules/');
  }

  /** What the event test:coverage carries. */
  summary() {
    const files = [];
    const { scripts, maps } = this.#scripts();
    const mapped = new Map();
    for (const [url, { functions }] of scripts) {
      const file = fileURLToPath(url);
      if (!this.#isIncluded(file)) continue;
      let source;
      try {
        source = fs.readFileSync(file, 'utf8');
      } catch {
        // It is not there any more, or never was.
        continue;
      }
      if (maps.has(url)) addMapped(mapped, url, source, functions, maps.get(url));
      else files.push(summarize(file, source, functions, false));
    }
    for (const [url, { text, functions }] of mapped) {
      const file = fileURLToPath(url);
      if (this.#isIncluded(file)) files.push(summarize(file, text, functions, true));
    }
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    const sum = (key) => files.reduce((total, file) => total + file[key], 0);
    const totals = withPercents(Object.fromEntries(
      ['totalLineCount', 'totalBranchCount', 'totalFunctionCount', 'coveredLineCount', 'coveredBranchCount',
       'coveredFunctionCount'].map((key) => [key, sum(key)])));
    const { lines, branches, functions } = this.options;
    return { workingDirectory: this.cwd, files, totals, thresholds: { line: lines, branch: branches, function: functions } };
  }

  cleanUp() {
    if (this.#ownFolder !== undefined) fs.rmSync(this.#ownFolder, { recursive: true, force: true });
  }
}

const kThresholds = [['line', 'coveredLinePercent'], ['branch', 'coveredBranchPercent'], ['function', 'coveredFunctionPercent']];

/** Says which thresholds are not met. @returns {boolean} whether all are */
function checkThresholds({ thresholds, totals }, say) {
  let met = true;
  for (const [name, key] of kThresholds) {
    if (!(totals[key] < thresholds[name])) continue;
    met = false;
    say(`Error: ${totals[key].toFixed(2)}% ${name} coverage does not meet threshold of ${thresholds[name]}%.`, 'error');
  }
  return met;
}

module.exports = { TestCoverage, checkThresholds };
