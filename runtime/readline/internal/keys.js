'use strict';

// From what a terminal sends to keys: readline.emitKeypressEvents.

const { StringDecoder } = require('string_decoder');

const kEscape = '\x1b';
const kEscapeCodeTimeout = 500;
const kDecoder = Symbol('keypress-decoder');

// Keys by the code of their sequence, without modifiers. Terminals disagree, so many keys have many codes.
const kNames = new Map();
function named(name, ...codes) {
  for (const code of codes) kNames.set(code, { name });
}
function withModifier(modifier, name, ...codes) {
  for (const code of codes) kNames.set(code, { name, [modifier]: true });
}
named('paste-start', '[200~');
named('paste-end', '[201~');
['f1', 'f2', 'f3', 'f4'].forEach((name, i) => {
  const letter = 'PQRS'[i];
  named(name, `[${letter}`, `O${letter}`, `[${11 + i}~`);
});
['f1', 'f2', 'f3', 'f4', 'f5'].forEach((name, i) => named(name, `[[${'ABCDE'[i]}`));
[15, 17, 18, 19, 20, 21, 23, 24].forEach((code, i) => named(`f${i + 5}`, `[${code}~`));
const kArrows = { up: 'A', down: 'B', right: 'C', left: 'D', clear: 'E' };
for (const [name, letter] of Object.entries(kArrows)) {
  named(name, `[${letter}`, `O${letter}`);
  withModifier('shift', name, `[${letter.toLowerCase()}`);
  withModifier('ctrl', name, `O${letter.toLowerCase()}`);
}
named('end', '[F', 'OF', '[4~', '[8~');
named('home', '[H', 'OH', '[1~', '[7~');
const kNumbered = { insert: 2, delete: 3, pageup: 5, pagedown: 6, home: 7, end: 8 };
for (const [name, number] of Object.entries(kNumbered)) {
  named(name, `[${number}~`);
  withModifier('shift', name, `[${number}$`);
  withModifier('ctrl', name, `[${number}^`);
}
named('pageup', '[[5~');
named('pagedown', '[[6~');
withModifier('shift', 'tab', '[Z');

const kPlainKeys = new Map([
  ['\r', 'return'], ['\n', 'enter'], ['\t', 'tab'], ['\b', 'backspace'], ['\x7f', 'backspace'], [kEscape, 'escape'],
  [' ', 'space'],
]);

// Takes characters one by one and calls `emit(text, key)` for each key that is complete. Text is undefined for keys
// that a program should not insert.
class KeyDecoder {
  #sequence = '';
  #escaped = false;
  // The part after the escape, for '[' and 'O' sequences.
  #code = '';

  constructor(emit) {
    this.emit = emit;
  }

  /** Empty: no more will come. */
  feed(char) {
    if (char === '' && this.#sequence === '') return;
    this.#sequence += char;
    if (this.#code !== '') {
      this.#feedCode(char);
    } else if (this.#sequence === kEscape || (this.#sequence === kEscape + kEscape && char !== '')) {
      this.#escaped = true;
      if (char === '') this.#finishPlain('');
    } else if (this.#escaped && (char === '[' || char === 'O')) {
      this.#code = char;
    } else {
      this.#finishPlain(char);
    }
  }

  #feedCode(char) {
    const isOpen = this.#code === '[' && char === '[';
    if (char !== '' && (isOpen || /^[\d;]$/.test(char))) {
      this.#code += char;
      return;
    }
    this.#finishCode(this.#code + char);
  }

  #take(properties) {
    const key = { sequence: this.#sequence, name: undefined, ctrl: false, meta: false, shift: false, ...properties };
    const escaped = this.#escaped;
    this.#sequence = this.#code = '';
    this.#escaped = false;
    return { key, escaped };
  }

  #finishPlain(char) {
    const escaped = this.#escaped;
    const properties = { meta: escaped };
    if (kPlainKeys.has(char)) {
      properties.name = kPlainKeys.get(char);
    } else if (!escaped && char <= '\x1a') {
      properties.name = String.fromCharCode(char.charCodeAt(0) + 'a'.charCodeAt(0) - 1);
      properties.ctrl = true;
    } else if (/^[0-9A-Za-z]$/.test(char)) {
      properties.name = char.toLowerCase();
      properties.shift = /^[A-Z]$/.test(char);
    } else if (escaped) {
      properties.name = char === '' ? 'escape' : undefined;
    }
    const { key } = this.#take(properties);
    this.#emit(key, escaped);
  }

  #finishCode(text) {
    let code = text;
    let modifier = 1;
    let match;
    if ((match = /^(\[\[?)(\d{1,2})(?:;(\d+))?([~^$])$/.exec(text)) !== null) {
      code = match[1] + match[2] + match[4];
      modifier = Number(match[3] ?? 1);
    } else if ((match = /^([[O]\[?)(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(text)) !== null) {
      code = match[1] + match[3];
      modifier = Number(match[2] ?? 1);
    }
    modifier -= 1;
    const { key } = this.#take({
      name: 'undefined',
      ctrl: (modifier & 4) !== 0,
      meta: (modifier & 10) !== 0,
      shift: (modifier & 1) !== 0,
      code,
      ...kNames.get(code),
    });
    this.#emit(key, true);
  }

  #emit(key, escaped) {
    const { sequence } = key;
    if (key.name !== undefined || escaped) {
      this.emit(escaped ? undefined : sequence, key);
    } else if ([...sequence].length === 1) {
      this.emit(sequence, key);
    }
  }
}

/**
 * Makes `stream` emit 'keypress' as long as somebody listens to it.
 * @param {Readable} stream
 * @param {Interface} [iface]
 */
function emitKeypressEvents(stream, iface = {}) {
  if (stream[kDecoder]) return;
  const text = stream[kDecoder] = new StringDecoder('utf8');
  const decoder = new KeyDecoder((string, key) => stream.emit('keypress', string, key));
  const { escapeCodeTimeout = kEscapeCodeTimeout } = iface;
  let timer;

  const onData = (input) => {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const string = text.write(input);
    if (!string) return;
    require('timers').clearTimeout(timer);
    const characters = [...string];
    // Pasted text is not typed: a tab in it completes nothing, but for its last character.
    iface._sawKeyPress = characters.length === 1;
    iface.isCompletionEnabled = false;
    characters.forEach((character, i) => {
      if (i === characters.length - 1) iface.isCompletionEnabled = true;
      decoder.feed(character);
      // An escape by itself is a key when nothing follows for a while.
      if (i === characters.length - 1 && character === kEscape) {
        timer = require('timers').setTimeout(() => decoder.feed(''), escapeCodeTimeout);
      }
    });
  };
  const onNewListener = (event) => {
    if (event === 'keypress') {
      stream.on('data', onData);
      stream.removeListener('newListener', onNewListener);
    }
  };
  if (stream.listenerCount('keypress') > 0) stream.on('data', onData); else stream.on('newListener', onNewListener);
}

module.exports = { KeyDecoder, emitKeypressEvents };
