'use strict';

// Run with assert; words the messages of failed assertions.

const colors = require('internal/util/colors');
const { kInsert, kKeep, myersDiff } = require('internal/util/diff');
const { inspect } = require('internal/util/inspect');

const titles = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const kMaxShortLength = 12;
const kMaxLineLength = 80;
const kMinPointedIndex = 3;
/** Equal lines shown on each side of a difference. */
const kContextLines = 5;
const kMaxLines = 50;
const kMaxLooseLength = 512;
/** Of two strings together; the time that it takes grows with the square. */
const kMaxComparedCharacters = 4096;

/** A value with everything on its own line, so that lines can be compared. */
function inspectValue(value, customInspect = false) {
  return inspect(value, {
    compact: false,
    customInspect,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

function isReference(value) {
  return isObject(value) || typeof value === 'function';
}

// -- Two short values ----------------------------------------------------------------------------------------------------

/** A line with `^` below the first difference of two strings, if there is room. */
function pointer(actual, expected, textLength) {
  if (textLength >= kMaxLineLength) return '';
  let index = 0;
  while (index < actual.length && actual[index] === expected[index]) index++;
  return index >= kMinPointedIndex ? `\n${' '.repeat(index + 2)}^` : '';
}

/** In colors two strings are one line, in which each character says whose it is. */
function compareCharacters(actualText, expectedText) {
  const { green, red, white } = colors;
  const edits = myersDiff([...actualText.slice(1, -1)], [...expectedText.slice(1, -1)]).reverse();
  const quote = `${white}'${white}`;
  const text = edits.map(([kind, character]) =>
    `${kind === kKeep ? white : kind === kInsert ? green : red}${character}${white}`).join('');
  return { text: quote + text + quote, legend: `${green}actual${white} ${red}expected${white}` };
}

function compareShortly(actual, expected, actualText, expectedText) {
  let length = actualText.length + expectedText.length;
  // Quotes do not count.
  if (typeof actual === 'string') length -= 2;
  if (typeof expected === 'string') length -= 2;
  if (length <= kMaxShortLength && (actual !== 0 || expected !== 0)) {
    return { text: `${actualText} !== ${expectedText}`, legend: '' };
  }
  const areStrings = typeof actual === 'string' && typeof expected === 'string';
  if (areStrings && colors.hasColors && length <= kMaxComparedCharacters) {
    const { text, legend } = compareCharacters(actualText, expectedText);
    return { text: `\n${text}`, legend };
  }
  return {
    text: `\n${colors.green}+${colors.white} ${actualText}\n` +
      `${colors.red}- ${colors.white}${expectedText}` +
      (areStrings ? pointer(actualText, expectedText, length) : ''),
    legend: fullLegend(),
  };
}

// -- Many lines ------------------------------------------------------------------------------------------------------------

/** Whether lines are equal but for the comma that a following line needs. */
function equalLines(a, b) {
  return a === b || `${a},` === b || a === `${b},`;
}

const fullLegend = () => `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;

class DiffPrinter {
  text = '';
  skipped = false;
  #kept = [];
  #isPartial;

  constructor(isPartial) {
    this.#isPartial = isPartial;
  }

  /** A line that both have: printed if near a difference. */
  keep(line) {
    if (this.#kept.length < kContextLines) this.text += `${colors.white}  ${line}\n`;
    this.#kept.push(line);
  }

  /** Prints what was held back of the equal lines before a difference: the last ones, or that there are more. */
  #flush() {
    const hidden = this.#kept.slice(kContextLines);
    if (hidden.length > 2) {
      this.text += `${colors.blue}...${colors.white}\n`;
      hidden.splice(0, hidden.length - 1);
      this.skipped = true;
    }
    for (const line of hidden) this.text += `${colors.white}  ${line}\n`;
    this.#kept = [];
  }

  /** A line that only the actual value has, which is nothing wrong where a part of it is expected. */
  insert(line) {
    this.#flush();
    const { gray, green, white } = colors;
    this.text += this.#isPartial && colors.hasColors ? `${gray}  ${line}${white}\n` : `${green}+${white} ${line}\n`;
  }

  remove(line) {
    this.#flush();
    this.text += `${colors.red}-${colors.white} ${line}\n`;
  }
}

function compareLines(actualLines, expectedLines, isPartial) {
  const printer = new DiffPrinter(isPartial);
  const edits = myersDiff(actualLines, expectedLines, equalLines).reverse();
  let expectedIndex = 0;
  for (const [kind, line] of edits) {
    if (kind === kKeep) {
      const other = expectedLines[expectedIndex++];
      printer.keep(other.endsWith(',') ? other : line);
    } else if (kind === kInsert) {
      printer.insert(line);
    } else {
      expectedIndex++;
      printer.remove(line);
    }
  }
  const { gray, red, white, hasColors } = colors;
  const legend = isPartial && hasColors ? `${gray}actual${white} ${red}- expected${white}` : fullLegend();
  return { text: `\n${printer.text.trimEnd()}`, skipped: printer.skipped, legend };
}

function firstLines(lines) {
  if (lines.length <= kMaxLines) return lines.join('\n');
  return `${lines.slice(0, kMaxLines + 1).join('\n')}\n...}`;
}

function titleOf(operator, actual, expected) {
  const isOther = operator === 'strictEqual' &&
    ((isObject(actual) && isObject(expected)) ||
      (typeof actual === 'function' && typeof expected === 'function'));
  return titles[isOther ? 'strictEqualObject' : operator];
}

/**
 * The message of the operators that want two values to be the same.
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} operator
 * @param {string} [title] the caller's message
 * @param {boolean} [isFull] whether to show all of the values, however long they are
 */
function describeDifference(actual, expected, operator, title, isFull = false) {
  colors.refresh();
  let actualText = inspectValue(actual);
  let expectedText = inspectValue(expected);
  if (actualText === expectedText && operator !== 'strictEqual') {
    // The difference is in private fields: what the class shows of them may tell.
    actualText = inspectValue(actual, true);
    expectedText = inspectValue(expected, true);
  }
  const actualLines = actualText.split('\n');
  const expectedLines = expectedText.split('\n');
  const isShort = actualLines.length === 1 && expectedLines.length === 1 &&
    (!isObject(actual) || !isObject(expected));
  let result;
  title ??= titleOf(operator, actual, expected);
  if (isShort) {
    result = compareShortly(actual, expected, actualLines[0], expectedLines[0]);
  } else if (actualText === expectedText) {
    if (title === titleOf(operator, actual, expected)) title = titles.notIdentical;
    result = { text: isFull ? actualText : firstLines(actualLines), legend: '' };
  } else {
    result = compareLines(actualLines, expectedLines, operator === 'partialDeepStrictEqual');
  }
  const skipped = result.skipped ? '\n... Skipped lines' : '';
  return `${title}\n${result.legend}${skipped}\n${result.text}\n`;
}

// -- The other operators -------------------------------------------------------------------------------------------------

function describeSameness(actual, operator, isFull) {
  const title = titles[operator === 'notStrictEqual' && isReference(actual) ?
    'notStrictEqualObject' : operator];
  const lines = inspectValue(actual).split('\n');
  if (lines.length > kMaxLines && !isFull) {
    lines.length = kMaxLines - 3;
    lines[kMaxLines - 4] = `${colors.blue}...${colors.white}`;
  }
  if (lines.length === 1) return `${title}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  return `${title}\n\n${lines.join('\n')}\n`;
}

function limit(text, length) {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** The message of the operators that want inequality, and of the loose ones. */
function describeFailure(actual, expected, operator, isFull = false) {
  colors.refresh();
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    return describeSameness(actual, operator, isFull);
  }
  let left = inspectValue(actual);
  let right = inspectValue(expected);
  if (operator === 'notDeepEqual' && left === right) {
    const text = `${titles.notDeepEqual}\n\n${left}`;
    return isFull ? text : limit(text, 2 * kMaxLooseLength);
  }
  if (!isFull) {
    left = limit(left, kMaxLooseLength);
    right = limit(right, kMaxLooseLength);
  }
  if (operator === 'deepEqual') {
    return `${titles.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  }
  if (operator === 'notDeepEqual') {
    return `${titles.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`;
  }
  return `${left} ${operator} ${right}`;
}

module.exports = { describeDifference, describeFailure };
