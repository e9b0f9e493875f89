'use strict';

// The command line as C++ parsed it. What was given is read when first asked for, which is never while the start-up
// snapshot is being made; the snapshot holds the values of all other options.

const { getDefaultOptions, getOptions } = internalBinding('options');

const defaults = getDefaultOptions();
let given;

function getGivenOptions() {
  given ??= Object.setPrototypeOf(getOptions(), defaults);
  return given;
}

/** host:port, as the parser of options made it of what was given. */
function parseAddress(text) {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, Math.max(colon, 0)) || '127.0.0.1', port: text === '' ? 9229 : Number(text.slice(colon + 1)) };
}

function getOptionValue(name) {
  const options = getGivenOptions();
  if (name === '--inspect-port') return parseAddress(options[name]);
  if (name.startsWith('--no-') && !(name in options)) return !options[`--${name.slice(5)}`];
  return options[name];
}

/**
 * What a configuration file says, which a child is not to read, as arguments, as far as `execArgv` does not say it; without
 * those of `isOwn`.
 * @param {string[]} execArgv
 * @param {(name: string) => boolean} isOwn
 */
function configuredArguments(execArgv, isOwn) {
  if (!getOptionValue('--experimental-config-file')) return [];
  const said = new Set(execArgv.map((argument) => argument.split('=', 1)[0]));
  const configured = [];
  for (const [name, value] of Object.entries(getGivenOptions())) {
    if (isOwn(name) || said.has(name)) continue;
    if (typeof value === 'boolean') configured.push(value ? name : `--no-${name.slice(2)}`);
    else for (const one of [value].flat()) configured.push(`${name}=${one}`);
  }
  return configured;
}

// A worker's own options take the place of the process's.
function setGivenOptions(options) {
  given = Object.setPrototypeOf({ ...options }, defaults);
}

module.exports = { configuredArguments, getGivenOptions, getOptionValue, setGivenOptions };
