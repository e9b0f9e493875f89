'use strict';

// Completion by the tab key. Methods of readline.Interface.

const { getStringWidth, inspect } = require('internal/util/inspect');
const { commonPrefix } = require('internal/readline/text');

// The candidates in columns, as shells show them. An empty one starts a new group.
function inColumns(candidates, columns) {
  const widths = candidates.map((candidate) => getStringWidth(candidate));
  const width = Math.max(...widths) + 2;
  let maxColumns = Math.floor(columns / width) || 1;
  if (maxColumns === Infinity) maxColumns = 1;
  let output = '\r\n';
  let column = 0;
  let padding = 0;
  candidates.forEach((candidate, i) => {
    if (candidate === '' || column === maxColumns) {
      output += '\r\n';
      column = 0;
      padding = 0;
    } else {
      output += ' '.repeat(padding);
    }
    if (candidate === '') {
      output += '\r\n';
    } else {
      output += candidate;
      padding = width - widths[i];
      column++;
    }
  });
  return column === 0 ? output : `${output}\r\n\r\n`;
}

const completionMethods = {
  // A completer takes a callback, or returns [candidates, what they complete].
  _callCompleter(text, callback) {
    if (this.completer.length === 2) this.completer(text, callback);
    else callback(null, this.completer(text));
  },

  _tabComplete(lastKeypressWasTab) {
    this.pause();
    this._callCompleter(this.line.slice(0, this.cursor), (error, value) => {
      this.resume();
      if (error) this._writeToOutput(`Tab completion error: ${inspect(error)}`);
      else this._showCompletions(lastKeypressWasTab, value);
    });
  },

  _showCompletions(lastKeypressWasTab, [candidates, completeOn]) {
    if (!candidates || candidates.length === 0) return;
    const prefix = commonPrefix(candidates.filter((candidate) => candidate !== ''));
    if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
      this._insertString(prefix.slice(completeOn.length));
      return;
    }
    if (!completeOn.startsWith(prefix)) {
      const start = this.cursor - completeOn.length;
      this.line = this.line.slice(0, start) + prefix + this.line.slice(this.cursor);
      this.cursor = start + prefix.length;
      this._refreshLine();
      return;
    }
    // The candidates are shown on the second tab.
    if (!lastKeypressWasTab) return;
    this._beforeEdit(this.line, this.cursor);
    this._writeToOutput(inColumns(candidates, this.columns));
    this._refreshLine();
  },
};

module.exports = { completionMethods };
