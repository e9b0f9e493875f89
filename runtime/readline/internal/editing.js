'use strict';

// Changes to the edited line: insertion, deletion, the kill ring, undo and redo. Methods of readline.Interface.

const { charLengthAt, charLengthLeft, wordEnd, wordStart } = require('internal/readline/text');

const kMaxUndo = 2048;
const kMaxKills = 32;

const editingMethods = {
  _initEditing() {
    this._undoStack = [];
    this._redoStack = [];
    this._killRing = [];
    this._killRingCursor = 0;
    this._yanking = false;
  },

  // ---- Insertion and deletion ----

  _insertString(text) {
    this._beforeEdit(this.line, this.cursor);
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      if (this.isCompletionEnabled) this._refreshLine(); else this._writeToOutput(text);
      return;
    }
    const before = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    // At the end of a row only the new text need be written; and while more of what was pasted follows, anywhere: it is
    // shown right with its last character.
    if (before.rows < this.getCursorPos().rows && (this.isCompletionEnabled || text.includes('\n'))) this._refreshLine();
    else this._writeToOutput(text);
  },

  _cut(from, to) {
    const removed = this.line.slice(from, to);
    this._beforeEdit(this.line, this.cursor);
    this.line = this.line.slice(0, from) + this.line.slice(to);
    this.cursor = from;
    this._refreshLine();
    return removed;
  },

  _deleteLeft() {
    if (this.cursor > 0 && this.line.length > 0) {
      this._cut(this.cursor - charLengthLeft(this.line, this.cursor), this.cursor);
    }
  },

  _deleteRight() {
    if (this.cursor < this.line.length) this._cut(this.cursor, this.cursor + charLengthAt(this.line, this.cursor));
  },

  _wordLeft() {
    if (this.cursor > 0) this._moveCursor(wordStart(this.line, this.cursor) - this.cursor);
  },

  _wordRight() {
    if (this.cursor < this.line.length) this._moveCursor(wordEnd(this.line, this.cursor) - this.cursor);
  },

  _deleteWordLeft() {
    if (this.cursor > 0) this._kill(this._cut(wordStart(this.line, this.cursor), this.cursor));
  },

  _deleteWordRight() {
    if (this.cursor < this.line.length) this._kill(this._cut(this.cursor, wordEnd(this.line, this.cursor)));
  },

  _deleteLineLeft() {
    this._kill(this._cut(0, this.cursor));
  },

  _deleteLineRight() {
    this._kill(this._cut(this.cursor, this.line.length));
  },

  // ---- The kill ring ----

  _kill(text) {
    if (!text || text === this._killRing[0]) return;
    this._killRing.unshift(text);
    this._killRingCursor = 0;
    while (this._killRing.length > kMaxKills) this._killRing.pop();
  },

  _yank() {
    if (this._killRing.length === 0) return;
    this._yanking = true;
    this._insertString(this._killRing[this._killRingCursor]);
  },

  _yankPop() {
    if (!this._yanking || this._killRing.length < 2) return;
    const last = this._killRing[this._killRingCursor];
    this._killRingCursor = (this._killRingCursor + 1) % this._killRing.length;
    const next = this._killRing[this._killRingCursor];
    const head = this.line.slice(0, this.cursor - last.length);
    this.line = head + next + this.line.slice(this.cursor);
    this.cursor = head.length + next.length;
    this._refreshLine();
  },

  _endYank() {
    this._yanking = false;
  },

  // ---- Undo ----

  _beforeEdit(text, cursor) {
    this._undoStack.push({ text, cursor });
    if (this._undoStack.length > kMaxUndo) this._undoStack.shift();
  },

  _clearUndo() {
    this._undoStack = [];
    this._redoStack = [];
  },

  _restore(from, to) {
    const entry = from.pop();
    if (entry === undefined) return;
    to.push({ text: this.line, cursor: this.cursor });
    this.line = entry.text;
    this.cursor = entry.cursor;
    this._refreshLine();
  },

  _undo() {
    this._restore(this._undoStack, this._redoStack);
  },

  _redo() {
    this._restore(this._redoStack, this._undoStack);
  },
};

module.exports = { editingMethods };
