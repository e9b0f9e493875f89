'use strict';
// The commands of the REPL: .break, .clear, .editor, .exit, .help, .load, .save. Loaded by repl.

const { kIsLoading } = require('internal/repl/symbols');

const kEditorText = '// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n';

function breakInput() {
  this.clearBufferedCommand();
  this.displayPrompt();
}

function clear() {
  this.clearBufferedCommand();
  if (!this.useGlobal) {
    this.output.write('Clearing context...\n');
    this.resetContext();
  }
  this.displayPrompt();
}

function help() {
  const names = Object.keys(this.commands).sort();
  const width = Math.max(...names.map(({ length }) => length));
  for (const name of names) {
    const { help: text } = this.commands[name];
    this.output.write(`.${name}${text ? ' '.repeat(width - name.length + 3) + text : ''}\n`);
  }
  this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
  this.displayPrompt();
}

function missingFile(server, name) {
  const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
  server.output.write(`${new ERR_MISSING_ARGS('file').message}\n`);
  server.displayPrompt();
  return name;
}

function save(file) {
  if (file === '') {
    missingFile(this, 'save');
    return;
  }
  try {
    require('fs').writeFileSync(file, this.lines.join('\n'));
    this.output.write(`Session saved to: ${file}\n`);
  } catch {
    this.output.write(`Failed to save: ${file}\n`);
  }
  this.displayPrompt();
}

function load(file) {
  if (file === '') {
    missingFile(this, 'load');
    return;
  }
  const fs = require('fs');
  try {
    const stats = fs.statSync(file);
    if (stats.isFile()) {
      this.startEditorMode();
      this[kIsLoading] = true;
      this.write(fs.readFileSync(file, 'utf8'));
      this[kIsLoading] = false;
      this.endEditorMode(/* run */ false);
      // The end of the last line: now all of it runs.
      this.write('\n');
      return;
    }
    this.output.write(`Failed to load: ${file} is not a valid file\n`);
  } catch {
    this.output.write(`Failed to load: ${file}\n`);
  }
  this.displayPrompt();
}

function editor() {
  this.startEditorMode();
  this.output.write(kEditorText);
}

function defineCommands(server) {
  server.defineCommand('break', { help: 'Sometimes you get stuck, this gets you out', action: breakInput });
  server.defineCommand('clear', {
    help: server.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context', action: clear,
  });
  server.defineCommand('exit', { help: 'Exit the REPL', action() { this.close(); } });
  server.defineCommand('help', { help: 'Print this help message', action: help });
  server.defineCommand('save', { help: 'Save all evaluated commands in this REPL session to a file', action: save });
  server.defineCommand('load', { help: 'Load JS from a file into the REPL session', action: load });
  if (server.terminal) server.defineCommand('editor', { help: 'Enter editor mode', action: editor });
}

module.exports = { defineCommands };
