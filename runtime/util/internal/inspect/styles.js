'use strict';

// Run with internal/util/inspect; makes the tables behind the `colors` option: escape codes of colors, and the color of
// each kind of value. Programs may change both.

/** Name to the codes that switch it on and off. */
const colors = {
  __proto__: null,
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
};

const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

function capitalized(name) {
  return name[0].toUpperCase() + name.slice(1);
}

hues.forEach((hue, i) => { colors[hue] = [30 + i, 39]; });
hues.forEach((hue, i) => { colors[`bg${capitalized(hue)}`] = [40 + i, 49]; });
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, 39];
hues.slice(1).forEach((hue, i) => { colors[`${hue}Bright`] = [91 + i, 39]; });
colors.bgGray = [100, 49];
hues.slice(1).forEach((hue, i) => { colors[`bg${capitalized(hue)}Bright`] = [101 + i, 49]; });

const aliases = {
  gray: ['grey', 'blackBright'],
  bgGray: ['bgGrey', 'bgBlackBright'],
  dim: ['faint'],
  strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'],
  inverse: ['swapColors', 'swapcolors'],
  doubleunderline: ['doubleUnderline'],
};

for (const [name, others] of Object.entries(aliases)) {
  for (const other of others) {
    Object.defineProperty(colors, other, {
      __proto__: null,
      get() { return this[name]; },
      set(value) { this[name] = value; },
      enumerable: false,
      configurable: true,
    });
  }
}

/** Kind of value to the name of its color. */
const styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};

module.exports = { colors, styles };
