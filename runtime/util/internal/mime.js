'use strict';

// Run on first use of util.MIMEType; parses and writes media types as the MIME Sniffing standard says.

const { codes } = require('internal/errors');

const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const notToken = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/;
const notQuotedStringPoint = /[^\t\u0020-~\u0080-\u00FF]/;
const leadingWhitespace = /^[\r\n\t ]*/;
const trailingWhitespace = /[\r\n\t ]*$/;

function toAsciiLower(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function invalid(part, text, position) {
  return new codes.ERR_INVALID_MIME_SYNTAX(part, text, position);
}

/** [type, subtype, the rest] of a media type. */
function parseTypeAndSubtype(text) {
  let position = leadingWhitespace.exec(text)[0].length;
  const slash = text.indexOf('/', position);
  const type = slash === -1 ? text.slice(position) : text.slice(position, slash);
  const badType = type.search(notToken);
  if (type === '' || badType !== -1 || slash === -1) throw invalid('type', text, badType);
  position = slash + 1;
  const semicolon = text.indexOf(';', position);
  const end = semicolon === -1 ? text.length : semicolon;
  const subtype = text.slice(position, end).replace(trailingWhitespace, '');
  const badSubtype = subtype.search(notToken);
  if (subtype === '' || badSubtype !== -1) throw invalid('subtype', text, badSubtype);
  return [toAsciiLower(type), toAsciiLower(subtype), text.slice(end + 1)];
}

/** The value of a quoted string that starts at `position`, and where it ends. */
function parseQuotedString(text, position) {
  let value = '';
  let end = position + 1;
  for (; end < text.length && text[end] !== '"'; end++) {
    if (text[end] === '\\' && end + 1 < text.length) end++;
    value += text[end];
  }
  return [value, end + 1];
}

function quoteIfNeeded(value) {
  if (value.length > 0 && tokenPattern.test(value)) return value;
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The parameters of a media type, in order; looks like URLSearchParams. */
class MIMEParams {
  #data = new Map();
  // Text that nobody asked about yet.
  #unparsed;

  static fromText(text) {
    const params = new MIMEParams();
    params.#unparsed = text;
    return params;
  }

  #parsed() {
    if (this.#unparsed !== undefined) {
      const text = this.#unparsed;
      this.#unparsed = undefined;
      this.#parse(text);
    }
    return this.#data;
  }

  #parse(text) {
    let position = 0;
    while (position < text.length) {
      position += leadingWhitespace.exec(text.slice(position))[0].length;
      const nameEnd = position + /^[^;=]*/.exec(text.slice(position))[0].length;
      const name = toAsciiLower(text.slice(position, nameEnd));
      position = nameEnd;
      if (position < text.length) {
        const isAssignment = text[position] === '=';
        position++;
        if (!isAssignment) continue;
      }
      if (position >= text.length) return;
      let value;
      if (text[position] === '"') {
        [value, position] = parseQuotedString(text, position);
        const skipped = text.indexOf(';', position);
        position = skipped === -1 ? text.length : skipped;
      } else {
        const semicolon = text.indexOf(';', position);
        const end = semicolon === -1 ? text.length : semicolon;
        value = text.slice(position, end).replace(trailingWhitespace, '');
        position = end;
        if (value === '') {
          position++;
          continue;
        }
      }
      position++;
      if (name !== '' && tokenPattern.test(name) && !notQuotedStringPoint.test(value) &&
          !this.#data.has(name)) {
        this.#data.set(name, value);
      }
    }
  }

  delete(name) {
    this.#parsed().delete(toAsciiLower(`${name}`));
  }

  get(name) {
    return this.#parsed().get(toAsciiLower(`${name}`)) ?? null;
  }

  has(name) {
    return this.#parsed().has(toAsciiLower(`${name}`));
  }

  set(name, value) {
    const data = this.#parsed();
    name = `${name}`;
    value = `${value}`;
    const badName = name.search(notToken);
    if (name.length === 0 || badName !== -1) throw invalid('parameter name', name, badName);
    const badValue = value.search(notQuotedStringPoint);
    if (badValue !== -1) throw invalid('parameter value', value, badValue);
    data.set(toAsciiLower(name), value);
  }

  * entries() {
    yield* this.#parsed().entries();
  }

  * keys() {
    yield* this.#parsed().keys();
  }

  * values() {
    yield* this.#parsed().values();
  }

  toString() {
    let text = '';
    for (const [name, value] of this.#parsed()) {
      text += `${text === '' ? '' : ';'}${name}=${quoteIfNeeded(value)}`;
    }
    return text;
  }
}

Object.defineProperties(MIMEParams.prototype, {
  [Symbol.iterator]: {
    __proto__: null, value: MIMEParams.prototype.entries, writable: true, configurable: true,
  },
  toJSON: {
    __proto__: null, value: MIMEParams.prototype.toString, writable: true, configurable: true,
  },
});

const makeParams = MIMEParams.fromText;
delete MIMEParams.fromText;

class MIMEType {
  #type;
  #subtype;
  #parameters;

  constructor(input) {
    const [type, subtype, rest] = parseTypeAndSubtype(`${input}`);
    this.#type = type;
    this.#subtype = subtype;
    this.#parameters = makeParams(rest);
  }

  /** The media type, or null where the constructor would throw. */
  static parse(input) {
    try {
      return new MIMEType(input);
    } catch (error) {
      if (error.code === 'ERR_INVALID_MIME_SYNTAX') return null;
      throw error;
    }
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    const bad = value.search(notToken);
    if (value.length === 0 || bad !== -1) throw invalid('type', value, bad);
    this.#type = toAsciiLower(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    const bad = value.search(notToken);
    if (value.length === 0 || bad !== -1) throw invalid('subtype', value, bad);
    this.#subtype = toAsciiLower(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#parameters;
  }

  toString() {
    const parameters = `${this.#parameters}`;
    return parameters === '' ? this.essence : `${this.essence};${parameters}`;
  }
}

Object.defineProperty(MIMEType.prototype, 'toJSON', {
  __proto__: null, value: MIMEType.prototype.toString, writable: true, configurable: true,
});

module.exports = { MIMEParams, MIMEType };
