'use strict';
// Requests by way of a proxy server: what the option proxyEnv makes of an agent. Plain HTTP requests go to the proxy with
// their whole URL; for HTTPS the proxy is asked for a tunnel (CONNECT), in which TLS is spoken.
// https://nodejs.org/api/http.html#built-in-proxy-support

const { codes: {
  ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_PROXY_INVALID_CONFIG, ERR_PROXY_TUNNEL,
} } = require('internal/errors');
const { validatePort } = require('internal/validators');
const { URL } = require('internal/url');
const { Buffer } = require('buffer');
const net = require('net');

const defaultPorts = { '__proto__': null, 'http:': 80, 'https:': 443 };

/** Longer answers to CONNECT are none. */
const maxHeadSize = 65536;

function withoutBrackets(host) {
  return host[0] === '[' ? host.slice(1, -1) : host;
}

/** 'host:port' of a request, the default port left out. */
function authorityOf(host, port, protocol) {
  const name = net.isIPv6(host) ? `[${host}]` : host;
  const authority = +port === defaultPorts[protocol] ? name : `${name}:${port}`;
  return URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).host : authority;
}

function toNumber(ip) {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** One pattern of NO_PROXY, as a function of a host and a port. */
function parsePattern(text) {
  const [, name, port] = /^(.*?)(?::(\d+))?$/.exec(net.isIPv6(text) ? `[${text}]` : text);
  const matches = parseHostPattern(withoutBrackets(name));
  return (host, hostPort) => (port === undefined || +port === +hostPort) && matches(host);
}

function parseHostPattern(name) {
  if (name === '*') return () => true;
  const [first, last] = name.split('-');
  if (last !== undefined && net.isIPv4(first) && net.isIPv4(last)) {
    return (host) => net.isIPv4(host) && toNumber(host) >= toNumber(first) && toNumber(host) <= toNumber(last);
  }
  if (name.startsWith('*.') || name[0] === '.') {
    const suffix = name.slice(name.indexOf('.'));
    return (host) => host.endsWith(suffix) || host === suffix.slice(1);
  }
  return (host) => host === name;
}

function parseProxyUrl(href) {
  const error = new ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${href}`);
  if (/[\r\n]/.test(href)) throw error;
  try {
    return new URL(href);
  } catch (cause) {
    error.cause = cause;
    throw error;
  }
}

class Proxy {
  /** @param {string} href @param {string} [noProxy] @param {string} protocol of the requests */
  constructor(href, noProxy, protocol) {
    const url = parseProxyUrl(href);
    this.protocol = protocol;
    this.isSecure = url.protocol === 'https:';
    this.host = withoutBrackets(url.hostname);
    this.port = Number(url.port) || defaultPorts[url.protocol];
    const { username, password } = url;
    this.authorization = username === '' && password === '' ? undefined
      : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
    url.username = '';
    url.password = '';
    // For messages: without the secret.
    this.href = this.authorization === undefined ? href : url.href;
    this.exceptions = (noProxy ?? '').split(/[,\s]+/).filter(Boolean).map((text) => parsePattern(text.toLowerCase()));
  }

  isUsedFor({ host, port, socketPath }) {
    if (socketPath) return false;
    const name = withoutBrackets(`${host}`.toLowerCase());
    return !this.exceptions.some((matches) => matches(name, port));
  }

  /**
   * What a plain HTTP request to the proxy needs besides: a list or an object of headers, and the path.
   * @param {any} req whose path is set
   */
  rewrite(req, options, host, port) {
    if (/[\r\n]/.test(`${host}${port}`)) throw new ERR_INVALID_CHAR('header content', 'Host');
    validatePort(port, 'options.port');
    const authority = authorityOf(host, port, 'http:');
    checkHost(options.headers, authority);
    const isWhole = req.method === 'CONNECT' || (req.method === 'OPTIONS' && req.path === '*');
    if (!isWhole) req.path = absolutePath(req.path, authority);
    const extra = { 'proxy-connection': req.shouldKeepAlive ? 'keep-alive' : 'close' };
    if (this.authorization !== undefined) extra['proxy-authorization'] = this.authorization;
    return { ...options, headers: addHeaders(options.headers, authority, extra) };
  }

  #open(options) {
    const { host, port } = this;
    // What says where the request goes, or is for its own TLS, is not for the way to the proxy.
    const { keepAlive, keepAliveInitialDelay, lookup, noDelay, timeout, family, localAddress } = options;
    const own = { host, port, keepAlive, keepAliveInitialDelay, lookup, noDelay, timeout, family, localAddress };
    if (!this.isSecure) return net.connect(own);
    return require('tls').connect({ ...own, servername: net.isIP(host) ? '' : host, ca: options.ca });
  }

  /** Gives a socket that leads to where `options` say. */
  connect(agent, req, options, callback) {
    const timeout = req.timeout ?? options.timeout;
    const socket = this.#open({ ...options, timeout });
    if (this.protocol === 'http:') {
      callback(null, socket);
      return;
    }
    const target = `${net.isIPv6(options.host) ? `[${options.host}]` : options.host}:${options.port}`;
    const keepAlive = agent.keepAlive || Number.isFinite(agent.maxSockets);
    this.#openTunnel(socket, target, { keepAlive, req, timeout }, (error) => {
      if (error) {
        // Whatever it says after this concerns nobody.
        socket.on('error', () => {});
        socket.destroy();
        callback(error);
        return;
      }
      socket.setTimeout(0);
      callback(null, agent.createConnection({ ...options, socket }));
    });
  }

  #openTunnel(socket, target, { keepAlive, req, timeout }, callback) {
    let head = '';
    const finish = (error) => {
      for (const [event, listener] of Object.entries(listeners)) socket.removeListener(event, listener);
      callback(error);
    };
    const listeners = {
      data: (chunk) => {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end === -1 && head.length < maxHeadSize) return;
        const [statusLine] = head.split('\r\n', 1);
        if (/^HTTP\/1\.[01] 200\b/.test(statusLine) && end !== -1) finish(null);
        else finish(new ERR_PROXY_TUNNEL(`Failed to establish tunnel to ${target} via ${this.href}: ${statusLine}`));
      },
      end: () => finish(new ERR_PROXY_TUNNEL('Connection to establish proxy tunnel ended unexpectedly')),
      error: finish,
      timeout: () => {
        req.emit('timeout');
        finish(new ERR_PROXY_TUNNEL(`Connection to establish proxy tunnel timed out after ${timeout}ms`));
      },
    };
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
    const lines = [`CONNECT ${target} HTTP/1.1`, `host: ${target}`];
    if (keepAlive) lines.push('proxy-connection: keep-alive');
    if (this.authorization !== undefined) lines.push(`proxy-authorization: ${this.authorization}`);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  }
}

/** Names and values of a headers option, whatever its form. */
function pairsOf(headers) {
  if (!Array.isArray(headers)) return Object.entries(headers ?? {});
  if (Array.isArray(headers[0])) {
    const index = headers.findIndex((pair) => !Array.isArray(pair));
    if (index === -1) return headers;
    throw new ERR_INVALID_ARG_VALUE(`options.headers[${index}]`, headers[index],
                                    'must be an array when headers is passed as an array of pairs');
  }
  const pairs = [];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i], headers[i + 1]]);
  return pairs;
}

/** The proxy goes by the URL; a Host header that says otherwise would fool whoever reads that. */
function checkHost(headers, authority) {
  const hosts = pairsOf(headers).filter(([name]) => String(name).toLowerCase() === 'host').map(([, value]) => value).flat();
  if (hosts.length > 1) {
    throw new ERR_INVALID_ARG_VALUE('options.headers', headers, 'must not contain duplicate Host headers when using a proxy');
  }
  if (hosts.length === 0) return;
  const [host] = hosts;
  if (/[@/?#\\]/.test(host) || !URL.canParse(`http://${host}`) || !isSameHost(`http://${host}`, authority)) {
    throw new ERR_INVALID_ARG_VALUE('options.headers.host', host, 'must match the request authority when using a proxy');
  }
}

function isSameHost(href, authority) {
  return URL.canParse(`http://${authority}`) && new URL(href).host === new URL(`http://${authority}`).host;
}

function absolutePath(path, authority) {
  if (path[0] === '/') return `http://${authority}${path}`;
  const invalid = (reason) => new ERR_INVALID_ARG_VALUE('options.path', path, `${reason} when using a proxy`);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(path) || !URL.canParse(path)) throw invalid('must be in absolute-form or start with /');
  const url = new URL(path);
  if (url.protocol !== 'http:') throw invalid('must use http: scheme');
  if (url.username !== '' || url.password !== '') throw invalid('must not contain userinfo');
  if (!isSameHost(path, authority)) throw invalid('must match the request authority');
  return path;
}

/** The headers with others besides, and a Host that says what the URL does. */
function addHeaders(headers, authority, extra) {
  const pairs = pairsOf(headers).map(([name, value]) => [name, String(name).toLowerCase() === 'host' ? authority : value]);
  pairs.push(...Object.entries(extra));
  return Array.isArray(headers) ? pairs.flat() : Object.fromEntries(pairs);
}

/** @returns {Proxy|undefined} for requests of a protocol */
function readProxyEnv(env, protocol) {
  const href = protocol === 'https:' ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY;
  // As in Node, what is no URL of this kind is no proxy.
  if (!/^https?:\/\//.test(href)) return undefined;
  return new Proxy(href, env.no_proxy || env.NO_PROXY, protocol);
}

/** http.setGlobalProxyFromEnv() */
function setGlobalProxyFromEnv(proxyEnv = process.env) {
  require('internal/validators').validateObject(proxyEnv, 'proxyEnv');
  const http = require('http');
  const https = require('https');
  const env = { ...proxyEnv };
  const [httpAgent, httpsAgent] = [http.globalAgent, https.globalAgent];
  const isUsed = readProxyEnv(env, 'http:') !== undefined || readProxyEnv(env, 'https:') !== undefined;
  if (!isUsed) return () => {};
  const options = { keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: env };
  http.globalAgent = new http.Agent(options);
  https.globalAgent = new https.Agent(options);
  const restoreFetch = require('internal/fetch').useProxyEnv(env);
  return function restore() {
    http.globalAgent = httpAgent;
    https.globalAgent = httpsAgent;
    restoreFetch();
  };
}

module.exports = { readProxyEnv, setGlobalProxyFromEnv };
