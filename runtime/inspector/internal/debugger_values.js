'use strict';

// Values of the debugged program, and pieces of its text, as the debugger on the command line shows them.

const { inspect } = require('internal/util/inspect');

const isName = (name) => /^[A-Za-z_$][\w$]*$/.test(name);

function previewValue({ type, subtype, value, valuePreview }) {
  if (valuePreview !== undefined) return formatPreview(valuePreview);
  if (type === 'string') return inspect(value);
  return subtype === 'null' ? 'null' : value;
}

function propertyText({ name, ...value }) {
  return `${isName(name) ? name : inspect(name)}: ${previewValue(value)}`;
}

function entryText({ key, value }) {
  const text = (preview) => (preview.type === 'string' || preview.properties.length === 0 && preview.entries === undefined &&
    preview.type !== 'object' ? preview.description : formatPreview(preview));
  return key === undefined ? text(value) : `${text(key)} => ${text(value)}`;
}

function group(open, parts, close, overflow) {
  if (overflow) parts.push('...');
  if (parts.length === 0) return open.trimEnd() + close;
  const line = `${open} ${parts.join(', ')} ${close}`;
  return line.length <= 76 ? line : `${open} ${parts.join(',\n  ')} ${close}`;
}

function formatPreview({ subtype, description, properties, entries, overflow }) {
  if (subtype === 'array') {
    const items = properties.map((property) => (/^\d+$/.test(property.name) ? previewValue(property) : propertyText(property)));
    return group('[', items, ']', overflow);
  }
  if (subtype === 'map' || subtype === 'set') {
    // Of an inner one only its size is known.
    const isUnknown = entries === undefined && !description.endsWith('(0)');
    return group(`${description} {`, (entries ?? []).map(entryText), '}', overflow || isUnknown);
  }
  if (subtype === 'date') return new Date(description).toISOString();
  if (subtype === 'regexp' || subtype === 'error') return description;
  const name = description === 'Object' ? '' : `${description} `;
  return group(`${name}{`, properties.map(propertyText), '}', overflow);
}

/** A Runtime.RemoteObject that is printed as the value it stands for. */
class RemoteObject {
  constructor(attributes) {
    Object.assign(this, attributes);
  }

  [inspect.custom]() {
    const { type, subtype, className, description, preview, unserializableValue } = this;
    if (type === 'undefined') return 'undefined';
    if (unserializableValue !== undefined) return unserializableValue;
    if (type === 'function') {
      const name = /^(?:function\*?\s)?([^\s(]+)\(/.exec(description)?.[1];
      return name === undefined ? `[${className}]` : `[${className}: ${name}]`;
    }
    if (type === 'symbol' || subtype === 'error') return description;
    if ('value' in this) return inspect(this.value);
    return preview === undefined ? `[${description}]` : formatPreview(preview);
  }
}

/**
 * Lines of a script around one of them, which is marked.
 * @param {string[]} lines
 * @param {number} current from 0
 */
function snippet(lines, current, before, after = before) {
  const first = Math.max(0, current - before);
  const last = Math.min(lines.length - 1, current + after);
  const width = Math.max(2, `${last + 1}`.length);
  const shown = [];
  for (let i = first; i <= last; i++) {
    shown.push(`${i === current ? '>' : ' '}${`${i + 1}`.padStart(width)} ${lines[i]}`);
  }
  return shown.join('\n');
}

module.exports = { RemoteObject, snippet };
