'use strict';

// Run on first use of path.matchesGlob() and fs.glob(); compiles glob patterns: `*`, `?`, `[...]`, `**`, braces and the
// extended groups `?(...)`, `*(...)`, `+(...)`, `@(...)`, `!(...)`. A backslash separates directories, as on Windows.

const { validateString } = require('internal/validators');

/** Stands for any number of directories. */
const kGlobstar = Symbol('**');

// -- Braces --------------------------------------------------------------------------------------------------------------

/** The index of the brace that closes the one at `open`, -1 without one. */
function closingBrace(pattern, open) {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '{') depth++;
    else if (pattern[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

/** Splits at the commas that are in no inner braces. */
function splitAlternatives(text) {
  const alternatives = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === ',' && depth === 0) {
      alternatives.push(text.slice(start, i));
      start = i + 1;
    }
  }
  alternatives.push(text.slice(start));
  return alternatives;
}

const rangePattern = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/;

/** `1..3` and `a..c`, written out; undefined for anything else. */
function expandRange(text) {
  const match = rangePattern.exec(text);
  if (match === null) return undefined;
  const isNumeric = match[1] !== undefined;
  const first = isNumeric ? Number(match[1]) : match[3].charCodeAt(0);
  const last = isNumeric ? Number(match[2]) : match[4].charCodeAt(0);
  const step = Math.max(Math.abs(Number(match[5] ?? 1)), 1) * (first <= last ? 1 : -1);
  const padded = isNumeric && (/^-?0\d/.test(match[1]) || /^-?0\d/.test(match[2]));
  const width = padded ? Math.max(match[1].length, match[2].length) : 0;
  const result = [];
  for (let i = first; step > 0 ? i <= last : i >= last; i += step) {
    result.push(isNumeric ? String(i).padStart(width, '0') : String.fromCharCode(i));
  }
  return result;
}

/** All patterns that a pattern with braces stands for. */
function expandBraces(pattern) {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    const close = closingBrace(pattern, open);
    if (close === -1) continue;
    const inner = pattern.slice(open + 1, close);
    let alternatives = expandRange(inner);
    if (alternatives === undefined) {
      alternatives = splitAlternatives(inner);
      if (alternatives.length === 1) continue;
    }
    const head = pattern.slice(0, open);
    const tails = expandBraces(pattern.slice(close + 1));
    return alternatives.flatMap(expandBraces)
      .flatMap((middle) => tails.map((tail) => head + middle + tail));
  }
  return [pattern];
}

// -- One path component ----------------------------------------------------------------------------------------------

const posixClasses = {
  '__proto__': null,
  '[:alnum:]': '\\p{L}\\p{Nl}\\p{Nd}',
  '[:alpha:]': '\\p{L}\\p{Nl}',
  '[:ascii:]': '\\x00-\\x7f',
  '[:blank:]': '\\p{Zs}\\t',
  '[:cntrl:]': '\\p{Cc}',
  '[:digit:]': '\\p{Nd}',
  '[:graph:]': '\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}',
  '[:lower:]': '\\p{Ll}',
  '[:print:]': '\\P{C}',
  '[:punct:]': '\\p{P}',
  '[:space:]': '\\p{Z}\\t\\r\\n\\v\\f',
  '[:upper:]': '\\p{Lu}',
  '[:word:]': '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}',
  '[:xdigit:]': 'A-Fa-f0-9',
};

function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The bracket expression at `start` as [regular expression, index behind it]; undefined if it is not closed. */
function compileClass(text, start) {
  let i = start + 1;
  const negated = text[i] === '!' || text[i] === '^';
  if (negated) i++;
  let members = '';
  for (let first = true; i < text.length; first = false) {
    if (text[i] === ']' && !first) {
      return [`[${negated ? '^/' : ''}${members}]`, i + 1];
    }
    const named = text[i] === '[' && /^\[:[a-z]+:\]/.exec(text.slice(i));
    if (named && posixClasses[named[0]] !== undefined) {
      members += posixClasses[named[0]];
      i += named[0].length;
    } else if (text[i + 1] === '-' && i + 2 < text.length && text[i + 2] !== ']') {
      if (text[i] <= text[i + 2]) members += `${escape(text[i])}-${escape(text[i + 2])}`;
      i += 3;
    } else {
      members += escape(text[i++]);
    }
  }
  return undefined;
}

/** The index of the parenthesis that closes the one at `open`, -1 without one. */
function closingParenthesis(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function splitGroup(text) {
  const alternatives = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === '|' && depth === 0) {
      alternatives.push(text.slice(start, i));
      start = i + 1;
    }
  }
  alternatives.push(text.slice(start));
  return alternatives;
}

/** A group like `+(a|b)` and all that follows it. */
function compileGroup(kind, inner, rest) {
  const alternatives = splitGroup(inner).map((each) => compileText(each)).join('|');
  const tail = compileText(rest);
  switch (kind) {
    case '!':
      // Whatever is there, but not one of the alternatives with the same end.
      return `(?:(?!(?:${alternatives})${tail}$)[^/]*)${tail}`;
    case '@':
      return `(?:${alternatives})${tail}`;
    default:
      return `(?:${alternatives})${kind}${tail}`;
  }
}

/** A regular expression for `text`, unanchored. */
function compileText(text) {
  let result = '';
  for (let i = 0; i < text.length;) {
    const character = text[i];
    if ('?*+@!'.includes(character) && text[i + 1] === '(') {
      const close = closingParenthesis(text, i + 1);
      if (close !== -1) {
        return result + compileGroup(character, text.slice(i + 2, close), text.slice(close + 1));
      }
    }
    if (character === '[') {
      const compiled = compileClass(text, i);
      if (compiled !== undefined) {
        result += compiled[0];
        i = compiled[1];
        continue;
      }
    }
    if (character === '*') {
      if (text[i - 1] !== '*') result += '[^/]*?';
    } else {
      // A hyphen may be escaped inside a class only.
      result += character === '?' ? '[^/]' : character === '-' ? '-' : escape(character);
    }
    i++;
  }
  return result;
}

const magicPattern = /[*?[]|[+@!]\(/;

/**
 * A test for one component: a string to compare with, a regular expression, or kGlobstar.
 * @param {string} text
 */
function compileComponent(text) {
  if (text === '**') return kGlobstar;
  if (!magicPattern.test(text)) return text;
  // Hidden entries have to be asked for; `.` and `..` are never found.
  const hidden = text[0] === '.' ? '(?!\\.{1,2}$)' : '(?!\\.)';
  const empty = /^[?*+@!]\(/.test(text) ? '' : '(?=.)';
  return new RegExp(`^${hidden}${empty}${compileText(text)}$`, 'su');
}

function matchesComponent(test, name) {
  return typeof test === 'string' ? test === name : test.test(name);
}

// -- Whole patterns --------------------------------------------------------------------------------------------------

/** The components of a path or pattern: repeated separators count once, `.` and `a/..` not at all. */
function splitPath(path) {
  const components = [];
  path.split('/').forEach((name, i, all) => {
    const isInside = i > 0;
    const last = components.at(-1);
    if (isInside && (name === '.' || (name === '' && i < all.length - 1))) return;
    if (name === '..' && isInside && last !== '' && last !== '.' && last !== '..' &&
        last !== '**') {
      components.pop();
    } else {
      components.push(name);
    }
  });
  return components;
}

/**
 * The alternatives a pattern stands for, each as tests for the components of a path.
 * @param {string} pattern
 */
function compileGlob(pattern) {
  return expandBraces(pattern.replaceAll('\\', '/'))
    .map((each) => splitPath(each).map(compileComponent));
}

function isHidden(name) {
  return name.startsWith('.');
}

function matchFrom(tests, names, test, name) {
  for (; test < tests.length; test++, name++) {
    if (tests[test] === kGlobstar) {
      // `a/**` is what is in `a`, not `a`.
      const isLast = test === tests.length - 1;
      if (isLast && test > 0 && name >= names.length) return false;
      for (let skipped = name; ; skipped++) {
        if (matchFrom(tests, names, test + 1, skipped)) return true;
        if (skipped >= names.length || isHidden(names[skipped])) return false;
      }
    }
    if (name >= names.length || !matchesComponent(tests[test], names[name])) return false;
  }
  // A path that ends in a separator is the directory's.
  return name === names.length ||
    (name === names.length - 1 && name > 0 && names[name] === '' && names[name - 1] !== '');
}

/** Whether the components of a path satisfy one alternative of compileGlob(). */
function matchComponents(tests, names) {
  return matchFrom(tests, names, 0, 0);
}

/**
 * @param {string} path
 * @param {string} pattern
 * @param {boolean} isWindows
 */
function matchesGlob(path, pattern, isWindows) {
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  const names = splitPath(isWindows ? path.replaceAll('\\', '/') : path);
  return compileGlob(pattern).some((tests) => matchComponents(tests, names));
}

module.exports = { compileGlob, kGlobstar, matchComponents, matchesComponent, matchesGlob };
