'use strict';

// What probe mode prints: one report, as JSON or as text.

const { nameOf } = require('internal/inspector/probe_arguments');

function pick(source, keys) {
  return Object.fromEntries(keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]));
}

/** A remote object as JSON reports have it. */
function toResult(object, withPreview) {
  const result = pick(object, ['type', 'subtype', 'value', 'unserializableValue', 'description']);
  if (result.type === 'string') delete result.description;
  if (withPreview && object.preview !== undefined) result.preview = object.preview;
  return result;
}

function toError(details) {
  const { exception, ...rest } = details;
  const shown = { ...rest };
  if (exception !== undefined) shown.exception = pick(exception, ['type', 'subtype', 'value', 'unserializableValue', 'description']);
  return { message: exception?.description ?? details.text, details: { exception: shown } };
}

function previewValue({ type, subtype, value }) {
  if (type === 'string') return JSON.stringify(value);
  return subtype === 'null' ? 'null' : value;
}

function previewText({ subtype, properties, overflow }) {
  const isArray = subtype === 'array';
  const parts = properties.map((property) =>
    (isArray ? previewValue(property) : `${property.name}: ${previewValue(property)}`));
  if (overflow) parts.push('...');
  return isArray ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

/** A remote object in one line or, an error, in more. */
function toText(object) {
  if (object.type === 'undefined') return 'undefined';
  if (object.unserializableValue !== undefined) return object.unserializableValue;
  if (object.type === 'string') return JSON.stringify(object.value);
  if ('value' in object) return `${JSON.stringify(object.value)}`;
  if (object.preview !== undefined && object.subtype !== 'error' && object.type === 'object') return previewText(object.preview);
  return object.description;
}

const indent = (text) => text.replaceAll('\n', '\n  ');

function hitText(probes, { probe, hit, location, text, error }) {
  const { expr } = probes[probe];
  const head = `Hit ${hit} at ${location.url}:${location.line}:${location.column}\n`;
  return head + indent(error === undefined ? `  ${expr} = ${text}` : `  [error] ${expr} = ${error.message}`);
}

function terminalText(probes, { event, pending, error }) {
  switch (event) {
    case 'completed':
      return 'Completed';
    case 'miss':
      return `Missed probes: ${pending.map((index) => nameOf(probes[index].target)).join(', ')}`;
    default:
      return error.stderr ? `${error.message}\n  ${indent(error.stderr)}` : error.message;
  }
}

function asText({ probes, results }) {
  return results.map((result) =>
    (result.event === 'hit' ? hitText(probes, result) : terminalText(probes, result))).join('\n');
}

/** The report without what only text needs. */
function asJson({ v, probes, results }) {
  return JSON.stringify({ v, probes, results: results.map(({ text, ...result }) => result) });
}

module.exports = { asJson, asText, toError, toResult, toText };
