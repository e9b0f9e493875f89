'use strict';

// Run on first use; makes the escape sequences built-ins print with. They are empty strings until refresh() has seen
// that stderr shows colors.

/** Whether text written to `stream` may carry colors. */
function shouldColorize(stream) {
  if (process.env.FORCE_COLOR !== undefined) {
    return require('internal/tty/colors').getColorDepth() > 2;
  }
  return Boolean(stream?.isTTY) &&
    (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true);
}

const sequences = {
  blue: '\u001b[34m',
  green: '\u001b[32m',
  white: '\u001b[39m',
  yellow: '\u001b[33m',
  red: '\u001b[31m',
  gray: '\u001b[90m',
  clear: '\u001bc',
  reset: '\u001b[0m',
};

const colors = {
  blue: '',
  green: '',
  white: '',
  yellow: '',
  red: '',
  gray: '',
  clear: '',
  reset: '',
  hasColors: false,
  shouldColorize,
  refresh() {
    const hasColors = shouldColorize(process.stderr);
    for (const name of Object.keys(sequences)) colors[name] = hasColors ? sequences[name] : '';
    colors.hasColors = hasColors;
  },
};

module.exports = colors;
