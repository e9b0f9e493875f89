'use strict';

// The display of the edited line on a terminal, its history, and what each key does. Methods of readline.Interface.

const { getStringWidth, stripVTControlCharacters } = require('internal/util/inspect');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const { charLengthAt, charLengthLeft } = require('internal/readline/text');

const kLineEnding = /\r?\n|\r(?!\n)|\u2028|\u2029/g;

// Several lines are one entry of the history, and so one line of a history's file: the last line first.
const toEntry = (line) => (line.includes('\n') ? line.split('\n').reverse().join('\r') : line);
const fromEntry = (entry) => (entry.includes('\r') ? entry.split('\r').reverse().join('\n') : entry);

// Stands in front of each line of several but the first.
const kContinuedPrompt = '| ';

/** Several lines, as a terminal shows them. */
const shown = (text) => (text.includes('\n') ? text.replaceAll('\n', `\n${kContinuedPrompt}`) : text);

const kCtrlKeys = {
  __proto__: null,
  c: (rl) => (rl.listenerCount('SIGINT') > 0 ? rl.emit('SIGINT') : rl.close()),
  h: (rl) => rl._deleteLeft(),
  d: (rl) => {
    if (rl.cursor === 0 && rl.line.length === 0) rl.close();
    else if (rl.cursor < rl.line.length) rl._deleteRight();
  },
  u: (rl) => rl._deleteLineLeft(),
  k: (rl) => rl._deleteLineRight(),
  a: (rl) => rl._moveCursor(-Infinity),
  e: (rl) => rl._moveCursor(+Infinity),
  b: (rl) => rl._moveCursor(-charLengthLeft(rl.line, rl.cursor)),
  f: (rl) => rl._moveCursor(+charLengthAt(rl.line, rl.cursor)),
  l: (rl) => {
    cursorTo(rl.output, 0, 0);
    clearScreenDown(rl.output);
    rl._refreshLine();
  },
  n: (rl) => rl._historyNext(),
  p: (rl) => rl._historyPrev(),
  y: (rl) => rl._yank(),
  z: (rl) => suspend(rl),
  w: (rl) => rl._deleteWordLeft(),
  backspace: (rl) => rl._deleteWordLeft(),
  delete: (rl) => rl._deleteWordRight(),
  left: (rl) => rl._wordLeft(),
  right: (rl) => rl._wordRight(),
};

const kMetaKeys = {
  __proto__: null,
  b: (rl) => rl._wordLeft(),
  f: (rl) => rl._wordRight(),
  d: (rl) => rl._deleteWordRight(),
  delete: (rl) => rl._deleteWordRight(),
  backspace: (rl) => rl._deleteWordLeft(),
  y: (rl) => rl._yankPop(),
};

const kPlainKeys = {
  __proto__: null,
  return: (rl) => {
    rl._sawReturnAt = Date.now();
    rl._line();
  },
  enter: (rl) => {
    // The second half of '\r\n' when it comes soon.
    if (rl._sawReturnAt === 0 || Date.now() - rl._sawReturnAt > rl.crlfDelay) rl._line();
    rl._sawReturnAt = 0;
  },
  backspace: (rl) => rl._deleteLeft(),
  delete: (rl) => rl._deleteRight(),
  left: (rl) => rl._moveCursor(-charLengthLeft(rl.line, rl.cursor)),
  right: (rl) => rl._moveCursor(+charLengthAt(rl.line, rl.cursor)),
  home: (rl) => rl._moveCursor(-Infinity),
  end: (rl) => rl._moveCursor(+Infinity),
  up: (rl) => rl._moveVertically(-1) || rl._historyPrev(),
  down: (rl) => rl._moveVertically(+1) || rl._historyNext(),
};

function suspend(rl) {
  if (process.platform === 'win32') return;
  if (rl.listenerCount('SIGTSTP') > 0) {
    rl.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    // Whoever paused it meanwhile wants it paused.
    if (!rl.paused) {
      rl.pause();
      rl.emit('SIGCONT');
    }
    rl._setRawMode(true);
    rl._refreshLine();
  });
  rl._setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

/** On a terminal that cannot move its cursor a line only grows. */
function writeDumb(rl, string, key) {
  if (rl._sawReturnAt && key.name !== 'enter') rl._sawReturnAt = 0;
  if (key.ctrl && (key.name === 'c' || key.name === 'd')) {
    if (key.name === 'c' && rl.listenerCount('SIGINT') > 0) rl.emit('SIGINT');
    else rl.close();
  } else if (key.name === 'return' || key.name === 'enter') {
    kPlainKeys[key.name](rl);
  } else if (key.name !== 'escape' && typeof string === 'string' && string !== '') {
    rl.line += string;
    rl.cursor += string.length;
    rl._writeToOutput(string);
  }
}

const editorMethods = {
  // ---- Display ----

  _refreshLine() {
    const line = this._prompt + shown(this.line);
    const { cols: lineCols, rows: lineRows } = this._getDisplayPos(line);
    const cursorPos = this.getCursorPos();

    if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(line);
    // Makes the terminal open the row that the cursor is in.
    if (lineCols === 0) this._writeToOutput(' ');
    cursorTo(this.output, cursorPos.cols);
    if (lineRows > cursorPos.rows) moveCursor(this.output, 0, -(lineRows - cursorPos.rows));
    this.prevRows = cursorPos.rows;
  },

  // Where the end of a text that starts at the left margin is on the screen.
  _getDisplayPos(text) {
    const width = this.columns;
    let offset = 0;
    let rows = 0;
    for (const char of stripVTControlCharacters(text)) {
      if (char === '\n') {
        rows += Math.ceil(offset / width) || 1;
        offset = 0;
      } else if (char === '\t') {
        offset += this.tabSize - (offset % this.tabSize);
      } else {
        const charWidth = getStringWidth(char, false);
        // A wide character does not fit into the last column.
        if (charWidth === 2 && (offset + 1) % width === 0) offset++;
        offset += charWidth;
      }
    }
    const cols = offset % width;
    return { cols, rows: rows + (offset - cols) / width };
  },

  getCursorPos() {
    return this._getDisplayPos(this._prompt + shown(this.line.slice(0, this.cursor)));
  },

  // The last row and column that the edited text takes.
  _getEndPos() {
    return this._getDisplayPos(this._prompt + shown(this.line));
  },

  _moveCursor(dx) {
    if (dx === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + dx, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0); else this._refreshLine();
  },

  // Among several lines; whether there is one to move to. Shorter ones on the way do not change the column that is wanted.
  _moveVertically(step) {
    if (!this.line.includes('\n')) return false;
    const lines = this.line.split('\n');
    const row = this.line.slice(0, this.cursor).split('\n').length - 1;
    if (row + step < 0 || row + step >= lines.length) return false;
    const startOf = (index) => lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0);
    this._wantedColumn ??= this.cursor - startOf(row);
    this.cursor = startOf(row + step) + Math.min(this._wantedColumn, lines[row + step].length);
    this._refreshLine();
    return true;
  },

  // With a line break where the cursor was when Enter ended `line`: there is more to come.
  _continueLine(line, cursor) {
    this.line = line;
    this.cursor = line.length;
    // Below the text, where Enter left the terminal's cursor.
    this.prevRows = this._getEndPos().rows + 1;
    this.line = `${line.slice(0, cursor)}\n${line.slice(cursor)}`;
    this.cursor = cursor + 1;
    if (this.paused) this.resume();
    if (cursor === line.length) this._writeToOutput(kContinuedPrompt); else this._refreshLine();
  },

  clearLine() {
    this._moveCursor(+Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  _line() {
    const line = this._addHistory();
    this._clearUndo();
    this.clearLine();
    this._onLine(line);
  },

  // ---- History ----

  _addHistory() {
    if (this.line.length === 0) return '';
    if (this.historySize === 0 || this.line.trim().length === 0) return this.line;
    const { history } = this;
    const entry = toEntry(this.line);
    if (history.length === 0 || history[0] !== entry) {
      if (this.removeHistoryDuplicates) {
        const index = history.indexOf(entry);
        if (index !== -1) history.splice(index, 1);
      }
      history.unshift(entry);
      if (history.length > this.historySize) history.pop();
    }
    this.historyIndex = -1;
    // The listener may change the history; the line is what it is.
    const line = fromEntry(history[0]);
    this.emit('history', history);
    return line;
  },

  // Lines that start like what was typed before the first up or down, and differ from the one that shows.
  _findInHistory(from, step) {
    const search = this._substringSearch ?? '';
    let index = from;
    while (index >= 0 && index < this.history.length &&
           (!fromEntry(this.history[index]).startsWith(search) || fromEntry(this.history[index]) === this.line)) {
      index += step;
    }
    this._beforeEdit(this.line, this.cursor);
    this.line = index < 0 || index >= this.history.length ? search : fromEntry(this.history[index]);
    this.historyIndex = index;
    this.cursor = this.line.length;
    this._refreshLine();
  },

  _historyNext() {
    if (this.historyIndex >= 0) this._findInHistory(this.historyIndex - 1, -1);
  },

  _historyPrev() {
    if (this.historyIndex < this.history.length && this.history.length > 0) {
      this._findInHistory(this.historyIndex + 1, +1);
    }
  },

  _trackSearch(key) {
    if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
      this._substringSearch ??= this.line.slice(0, this.cursor);
      return;
    }
    this._wantedColumn = undefined;
    if (this._substringSearch !== null) {
      this._substringSearch = null;
      if (this.history.length === this.historyIndex) this.historyIndex = -1;
    }
  },

  // ---- Keys ----

  _ttyWrite(string, key) {
    const previousKey = this._previousKey;
    key ||= {};
    if (process.env.TERM === 'dumb') {
      writeDumb(this, string, key);
      return;
    }
    this._previousKey = key;
    if (!key.meta || key.name !== 'y') this._endYank();
    this._trackSearch(key);

    // Ctrl+_ and Ctrl+^ have no names.
    if (key.sequence === '\x1F') {
      this._undo();
    } else if (key.sequence === '\x1E') {
      this._redo();
    } else if (key.name === 'escape') {
      // An escape by itself does nothing.
    } else if (key.ctrl && key.shift) {
      if (key.name === 'backspace') this._deleteLineLeft();
      else if (key.name === 'delete') this._deleteLineRight();
    } else if (key.ctrl) {
      kCtrlKeys[key.name]?.(this);
    } else if (key.meta) {
      kMetaKeys[key.name]?.(this);
    } else {
      this._plainKey(string, key, previousKey);
    }
  },

  _plainKey(string, key, previousKey) {
    if (this._sawReturnAt && key.name !== 'enter') this._sawReturnAt = 0;
    const action = kPlainKeys[key.name];
    if (action !== undefined) {
      action(this);
    } else if (key.name === 'tab' && typeof this.completer === 'function' && this.isCompletionEnabled) {
      this._tabComplete(previousKey?.name === 'tab');
    } else if (typeof string === 'string' && string) {
      this._insertLines(string);
    }
  },

  _insertLines(string) {
    const lines = string.split(kLineEnding);
    lines.forEach((line, i) => {
      if (i > 0) this._line();
      if (line !== '' || lines.length === 1) this._insertString(line);
    });
  },
};

module.exports = { editorMethods };
