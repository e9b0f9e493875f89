'use strict';

// Run on first use of util.parseArgs(); parses a command line by a table of options.

const { codes } = require('internal/errors');
const {
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateObject,
  validateString,
  validateStringArray,
  validateUnion,
} = require('internal/validators');

/** An own property: option names come from the command line and may be `toString`. */
function own(object, key) {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function configOf(options, name) {
  return own(options, name);
}

function takesValue(options, name) {
  return configOf(options, name)?.type === 'string';
}

/** process.argv without the program: with --eval there is no file name in it. */
function mainArguments() {
  return process.argv.slice(process._eval === undefined ? 2 : 1);
}

function validateDefault(name, { type, multiple, default: value }) {
  const path = `options.${name}.default`;
  if (type === 'string') {
    if (multiple) validateStringArray(value, path);
    else validateString(value, path);
  } else if (multiple) {
    validateBooleanArray(value, path);
  } else {
    validateBoolean(value, path);
  }
}

function validateOption(name, config) {
  const path = `options.${name}`;
  validateObject(config, path);
  validateUnion(own(config, 'type'), `${path}.type`, ['string', 'boolean']);
  if (Object.hasOwn(config, 'short')) {
    validateString(config.short, `${path}.short`);
    if (config.short.length !== 1) {
      throw new codes.ERR_INVALID_ARG_VALUE(
        `${path}.short`, config.short, 'must be a single character');
    }
  }
  if (own(config, 'multiple') !== undefined) validateBoolean(config.multiple, `${path}.multiple`);
  if (own(config, 'default') !== undefined) validateDefault(name, config);
}

function findLongName(short, options) {
  for (const [name, config] of Object.entries(options)) {
    if (config.short === short) return name;
  }
  return short;
}

// -- Tokens --------------------------------------------------------------------------------------------------------------

function isShort(arg) {
  return arg.length > 1 && arg[0] === '-' && arg[1] !== '-';
}

/** `-abc` as [`-a`, `-b`, `-c`], ending at the first option that takes the rest as its value. */
function expandGroup(arg, options) {
  const expanded = [];
  for (let i = 1; i < arg.length; i++) {
    const isLast = i === arg.length - 1;
    if (!isLast && takesValue(options, findLongName(arg[i], options))) {
      expanded.push(`-${arg.slice(i)}`);
      break;
    }
    expanded.push(`-${arg[i]}`);
  }
  return expanded;
}

class Tokenizer {
  constructor(args, options) {
    this.rest = [...args];
    this.options = options;
    this.tokens = [];
    this.index = -1;
    this.inGroup = 0;  // Arguments left of an expanded group: they share an index.
  }

  run() {
    while (this.rest.length > 0) {
      const arg = this.rest.shift();
      if (this.inGroup > 0) this.inGroup--;
      else this.index++;
      if (arg === '--') {
        this.terminate();
        break;
      }
      this.read(arg);
    }
    return this.tokens;
  }

  terminate() {
    this.tokens.push({ kind: 'option-terminator', index: this.index });
    for (const value of this.rest) {
      this.tokens.push({ kind: 'positional', index: ++this.index, value });
    }
  }

  read(arg) {
    if (isShort(arg)) {
      this.readShort(arg);
    } else if (arg.length > 2 && arg.startsWith('--')) {
      this.readLong(arg);
    } else {
      this.tokens.push({ kind: 'positional', index: this.index, value: arg });
    }
  }

  readShort(arg) {
    const name = findLongName(arg[1], this.options);
    const rawName = `-${arg[1]}`;
    if (arg.length === 2) {
      this.pushOption(name, rawName);
    } else if (takesValue(this.options, name)) {
      this.pushOption(name, rawName, arg.slice(2));
    } else {
      const expanded = expandGroup(arg, this.options);
      this.rest.unshift(...expanded);
      this.inGroup = expanded.length;
    }
  }

  readLong(arg) {
    const equals = arg.indexOf('=', 3);
    if (equals === -1) {
      this.pushOption(arg.slice(2), arg);
    } else {
      const name = arg.slice(2, equals);
      this.pushOption(name, `--${name}`, arg.slice(equals + 1));
    }
  }

  /** An option with its value, which may be the next argument. */
  pushOption(name, rawName, inline = undefined) {
    const token = { kind: 'option', name, rawName, index: this.index, value: inline,
                    inlineValue: inline === undefined ? undefined : true };
    if (inline === undefined && takesValue(this.options, name) && this.rest.length > 0) {
      token.value = this.rest.shift();
      token.inlineValue = false;
    }
    this.tokens.push(token);
    if (token.inlineValue === false) this.index++;
  }
}

// -- Meaning -------------------------------------------------------------------------------------------------------------

function describeOption(name, config) {
  return `${config.short ? `-${config.short}, ` : ''}--${name}`;
}

/** A value that looks like an option was probably meant to be one. */
function checkAmbiguity(token) {
  const { value, rawName, name } = token;
  if (token.inlineValue !== false || value.length < 2 || value[0] !== '-') return;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` :
    `'--${name}=-XYZ' or '${rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
    `Option '${rawName}' argument is ambiguous.\n` +
    `Did you forget to specify the option argument for '${rawName}'?\n` +
    `To specify an option argument starting with a dash use ${example}.`);
}

function isNegative(token, allowNegative) {
  return allowNegative && token.value === undefined && token.name.startsWith('no-');
}

function checkOption(settings, token) {
  const { options, allowPositionals, allowNegative } = settings;
  let { name } = token;
  let config = configOf(options, name);
  if (config === undefined && isNegative(token, allowNegative)) {
    name = name.slice(3);
    config = configOf(options, name);
    if (config !== undefined && config.type === 'string') config = undefined;
  }
  if (config === undefined) {
    throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  }
  if (config.type === 'string' && typeof token.value !== 'string') {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${describeOption(name, config)} <value>' argument missing`);
  }
  if (config.type === 'boolean' && token.value !== undefined) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${describeOption(name, config)}' does not take an argument`);
  }
}

function storeOption(settings, token, values) {
  let { name } = token;
  let value = token.value ?? true;
  if (name === '__proto__') return;
  if (isNegative(token, settings.allowNegative)) {
    name = name.slice(3);
    value = false;
  }
  if (configOf(settings.options, name)?.multiple) {
    if (values[name]) values[name].push(value);
    else values[name] = [value];
  } else {
    values[name] = value;
  }
}

function applyDefaults(options, values) {
  for (const [name, config] of Object.entries(options)) {
    const value = own(config, 'default');
    if (value !== undefined && name !== '__proto__' && values[name] === undefined) {
      values[name] = value;
    }
  }
}

function readSettings(config) {
  const strict = own(config, 'strict') ?? true;
  const settings = {
    args: own(config, 'args') ?? mainArguments(),
    strict,
    allowPositionals: own(config, 'allowPositionals') ?? !strict,
    returnTokens: own(config, 'tokens') ?? false,
    allowNegative: own(config, 'allowNegative') ?? false,
    options: own(config, 'options') ?? { __proto__: null },
  };
  validateArray(settings.args, 'args');
  validateBoolean(settings.strict, 'strict');
  validateBoolean(settings.allowPositionals, 'allowPositionals');
  validateBoolean(settings.returnTokens, 'tokens');
  validateBoolean(settings.allowNegative, 'allowNegative');
  validateObject(settings.options, 'options');
  for (const [name, option] of Object.entries(settings.options)) validateOption(name, option);
  return settings;
}

/**
 * @param {import('util').ParseArgsConfig} [config]
 */
function parseArgs(config = { __proto__: null }) {
  const settings = readSettings(config);
  const tokens = new Tokenizer(settings.args, settings.options).run();
  const result = { values: { __proto__: null }, positionals: [] };
  if (settings.returnTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (settings.strict) {
        checkOption(settings, token);
        checkAmbiguity(token);
      }
      storeOption(settings, token, result.values);
    } else if (token.kind === 'positional') {
      if (!settings.allowPositionals) {
        throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      }
      result.positionals.push(token.value);
    }
  }
  applyDefaults(settings.options, result.values);
  return result;
}

module.exports = { parseArgs };
