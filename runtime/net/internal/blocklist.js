// net.BlockList: rules over addresses, ranges and subnets. An address is compared as a 128-bit number, IPv4 in its
// IPv6-mapped form, so that ::ffff:1.2.3.4 meets the rules of 1.2.3.4.
'use strict';

const { codes } = require('internal/errors');
const { validateInt32, validateString } = require('internal/validators');
const { kClone, kDeserialize } = require('internal/messaging/transferable');
const { isIP } = require('internal/net');
const { SocketAddress, invalidAddress, readFamily } = require('internal/net/socket_address');

const kMapped = 0xffffn << 32n;
const kPrivateRanges = Object.freeze([
  '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10',
  'fc00::/7',
]);

function ipv4Number(text) {
  let number = 0n;
  for (const part of text.split('.')) number = (number << 8n) | BigInt(part);
  return number;
}

function addressNumber(text, family) {
  if (family === 'ipv4') return kMapped | ipv4Number(text);
  const zone = text.indexOf('%');
  if (zone >= 0) text = text.slice(0, zone);
  const dotted = text.lastIndexOf(':');
  if (text.includes('.')) {
    const low = ipv4Number(text.slice(dotted + 1));
    text = `${text.slice(0, dotted + 1)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  }
  const [head, tail] = text.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = [...left, ...new Array(tail === undefined ? 0 : 8 - left.length - right.length).fill('0'), ...right];
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function toSocketAddress(address, family, name) {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, name);
  return new SocketAddress({ address, family });
}

function familyName(family) {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

class BlockList {
  // Each {text, first, last} with numbers; newest first.
  #addresses = [];
  #subnets = [];
  #ranges = [];
  #shared;  // with its clones, once it has some

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #addresses in value;
  }

  static get PRIVATE_RANGES() {
    return kPrivateRanges;
  }

  addAddress(address, family = 'ipv4') {
    const rule = this.#addressRule(address, family);
    this.#change(() => prepend(this.#addresses, rule));
  }

  addAddresses(addresses, family = 'ipv4') {
    if (!Array.isArray(addresses)) throw new codes.ERR_INVALID_ARG_TYPE('addresses', 'Array', addresses);
    const rules = addresses.map((address) => this.#addressRule(address, family));
    this.#change(() => rules.forEach((rule) => prepend(this.#addresses, rule)));
  }

  removeAddress(address, family = 'ipv4') {
    const rule = this.#addressRule(address, family);
    this.#change(() => remove(this.#addresses, rule));
  }

  #addressRule(address, family) {
    const parsed = toSocketAddress(address, family, 'address');
    const number = addressNumber(parsed.address, parsed.family);
    return { text: `Address: ${familyName(parsed.family)} ${parsed.address}`, first: number, last: number };
  }

  addRange(start, end, family = 'ipv4') {
    const rule = this.#rangeRule(start, end, family);
    this.#change(() => prepend(this.#ranges, rule));
  }

  removeRange(start, end, family = 'ipv4') {
    const rule = this.#rangeRule(start, end, family);
    this.#change(() => remove(this.#ranges, rule));
  }

  #rangeRule(start, end, family) {
    const from = toSocketAddress(start, family, 'start');
    const to = toSocketAddress(end, family, 'end');
    const first = addressNumber(from.address, from.family);
    const last = addressNumber(to.address, to.family);
    if (first > last) throw new codes.ERR_INVALID_ARG_VALUE('start', from, 'must come before end');
    return { text: `Range: ${familyName(from.family)} ${from.address}-${to.address}`, first, last };
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const rule = this.#subnetRule(network, prefix, family);
    this.#change(() => prepend(this.#subnets, rule));
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    const rule = this.#subnetRule(network, prefix, family);
    this.#change(() => remove(this.#subnets, rule));
  }

  #subnetRule(network, prefix, family) {
    const parsed = toSocketAddress(network, family, 'network');
    const bits = parsed.family === 'ipv4' ? 32 : 128;
    validateInt32(prefix, 'prefix', 0, bits);
    const host = (1n << BigInt(bits - prefix)) - 1n;
    const last = addressNumber(parsed.address, parsed.family) | host;
    const text = `Subnet: ${familyName(parsed.family)} ${parsed.address}/${prefix}`;
    return { text, first: last & ~host, last };
  }

  addCIDR(cidr) {
    this.addSubnet(...splitCidr(cidr, 'cidr'));
  }

  addCIDRs(cidrs) {
    if (!Array.isArray(cidrs)) throw new codes.ERR_INVALID_ARG_TYPE('cidrs', 'Array', cidrs);
    for (const parts of cidrs.map((cidr, i) => splitCidr(cidr, `cidrs[${i}]`))) this.addSubnet(...parts);
  }

  removeCIDR(cidr) {
    this.removeSubnet(...splitCidr(cidr, 'cidr'));
  }

  check(address, family = 'ipv4') {
    let parsed = address;
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      const kind = readFamily(family, 'family');
      if (isIP(address) !== (kind === 'ipv4' ? 4 : 6)) return false;
      parsed = { address, family: kind };
    }
    this.#refresh();
    const number = addressNumber(parsed.address, parsed.family);
    const hits = ({ first, last }) => first <= number && number <= last;
    return this.#addresses.some(hits) || this.#subnets.some(hits) || this.#ranges.some(hits);
  }

  clear() {
    this.#change(() => this.#empty());
  }

  #empty() {
    this.#addresses = [];
    this.#subnets = [];
    this.#ranges = [];
  }

  get rules() {
    this.#refresh();
    return this.#texts();
  }

  #texts() {
    return [...this.#addresses, ...this.#subnets, ...this.#ranges].map((rule) => rule.text);
  }

  get size() {
    this.#refresh();
    return this.#addresses.length + this.#subnets.length + this.#ranges.length;
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(value) {
    if (typeof value === 'string') value = JSON.parse(value);
    if (!Array.isArray(value) || value.some((text) => typeof text !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], value);
    }
    this.#change(() => this.#addTexts(value));
  }

  #addTexts(texts) {
    for (const text of texts) {
      const match = /^(Address|Range|Subnet): IPv([46]) ([^-/]+)(?:[-/](.+))?$/.exec(text);
      if (match === null) continue;
      const [, kind, version, first, second] = match;
      const family = `ipv${version}`;
      if (kind === 'Address') prepend(this.#addresses, this.#addressRule(first, family));
      else if (kind === 'Range') prepend(this.#ranges, this.#rangeRule(first, second, family));
      else prepend(this.#subnets, this.#subnetRule(first, Number(second), family));
    }
  }

  // --- clones: they are the same list, also in another thread ---

  #refresh() {
    const texts = this.#shared?.news();
    if (texts === undefined) return;
    this.#empty();
    this.#addTexts(texts.reverse());
  }

  #change(change) {
    if (this.#shared === undefined) {
      change();
      return;
    }
    this.#shared.change(() => {
      this.#refresh();
      change();
      return this.#texts();
    });
  }

  [kClone]() {
    if (this.#shared === undefined) {
      const { SharedRules } = require('internal/net/shared_rules');
      this.#shared = SharedRules.make(this.#texts());
    }
    return { data: this.#shared.memory, deserializeInfo: 'internal/net/blocklist:BlockList' };
  }

  [kDeserialize](memory) {
    const { SharedRules } = require('internal/net/shared_rules');
    this.#shared = new SharedRules(memory);
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    if (depth < 0) return options.stylize(`[${this.constructor.name}]`, 'special');
    const { inspect } = require('internal/util/inspect');
    const nested = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `BlockList ${inspect({ rules: this.rules }, nested)}`;
  }
}

function prepend(rules, rule) {
  if (!rules.some((r) => r.text === rule.text)) rules.unshift(rule);
}

function remove(rules, rule) {
  const index = rules.findIndex((r) => r.text === rule.text);
  if (index !== -1) rules.splice(index, 1);
}

function splitCidr(cidr, name) {
  validateString(cidr, name);
  const slash = cidr.lastIndexOf('/');
  const prefix = cidr.slice(slash + 1);
  if (slash < 0 || !/^\d+$/.test(prefix)) throw new codes.ERR_INVALID_ARG_VALUE(name, cidr);
  const network = cidr.slice(0, slash);
  if (!isIP(network)) throw invalidAddress();
  return [network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4'];
}

module.exports = { BlockList };
