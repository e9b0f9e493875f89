'use strict';
// url.resolve: a reference against a base, by the rules browsers had when this API was made (RFC 3986 with leniency).
// Run when a legacy URL is first resolved.

function copyOf(Url, source) {
  return Object.assign(new Url(), source);
}

function setPath(result) {
  result.path = result.pathname !== null || result.search !== null ?
    (result.pathname || '') + (result.search || '') : null;
}

// A reference of another protocol: taken as it is, except that a missing host is looked for in its path.
function resolveForeign(result, relative, { kSlashedProtocols, kScriptProtocols }) {
  if (!kSlashedProtocols.has(relative.protocol)) {
    Object.assign(result, relative);
    result.href = result.format();
    return result;
  }
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !kScriptProtocols.has(relative.protocol)) {
    const segments = (relative.pathname || '').split('/');
    let host = '';
    while (segments.length > 0 && !(host = segments.shift()));
    relative.host = host || '';
    relative.hostname ||= '';
    if (segments[0] !== '') segments.unshift('');
    if (segments.length < 2) segments.unshift('');
    result.pathname = segments.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes ||= relative.slashes;
  result.href = result.format();
  return result;
}

// Host and path of a protocol without slashes are one list of segments; `user@host` in the first is taken apart again.
function splitAuth(result) {
  const at = result.host?.indexOf('@') ?? -1;
  if (at <= 0) return;
  result.auth = result.host.slice(0, at);
  result.host = result.hostname = result.host.slice(at + 1);
}

// Removes "." and ".." segments; returns how many ".." are left over at the front.
function removeDots(segments) {
  let up = 0;
  for (let i = segments.length - 1; i >= 0; i--) {
    if (segments[i] === '.') {
      segments.splice(i, 1);
    } else if (segments[i] === '..') {
      segments.splice(i, 1);
      up++;
    } else if (up > 0) {
      segments.splice(i, 1);
      up--;
    }
  }
  return up;
}

// Segments of the base's and the reference's path put together; undefined when the reference has no path, which
// settles the result.
function mergePaths(result, relative, context) {
  const { segments, isRelativeAbsolute } = context;
  if (isRelativeAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    return context.relativeSegments;
  }
  if (context.relativeSegments.length > 0) {
    // Beside the last segment of the base.
    const merged = segments.slice(0, -1).concat(context.relativeSegments);
    result.search = relative.search;
    result.query = relative.query;
    return merged;
  }
  return segments;
}

function resolveObject(source, reference, classes) {
  const { Url, kSlashedProtocols } = classes;
  let relative = reference;
  if (typeof relative === 'string') {
    const parsed = new Url();
    parsed.parse(relative, false, true);
    relative = parsed;
  }
  const result = copyOf(Url, source);
  // The fragment is always the reference's, even if there is none.
  result.hash = relative.hash;
  if (relative.href === '') {
    result.href = result.format();
    return result;
  }
  if (relative.slashes && !relative.protocol) {
    // "//host/path": all but the protocol.
    Object.assign(result, { ...relative, protocol: result.protocol });
    if (kSlashedProtocols.has(result.protocol) && result.hostname && !result.pathname) {
      result.path = result.pathname = '/';
    }
    result.href = result.format();
    return result;
  }
  if (relative.protocol && relative.protocol !== result.protocol) {
    return resolveForeign(result, relative, classes);
  }
  return resolvePath(result, relative, kSlashedProtocols);
}

// Moves the host of a protocol without slashes in front of its path.
function hostToSegments(result, relative, context) {
  result.hostname = '';
  result.port = null;
  if (result.host) {
    if (context.segments[0] === '') context.segments[0] = result.host;
    else context.segments.unshift(result.host);
  }
  result.host = '';
  if (relative.protocol) {
    relative.hostname = null;
    relative.port = null;
    result.auth = null;
    if (relative.host) {
      if (context.relativeSegments[0] === '') context.relativeSegments[0] = relative.host;
      else context.relativeSegments.unshift(relative.host);
    }
    relative.host = null;
  }
}

function resolvePath(result, relative, kSlashedProtocols) {
  const isSourceAbsolute = Boolean(result.pathname) && result.pathname[0] === '/';
  const isRelativeAbsolute = Boolean(relative.host) || (Boolean(relative.pathname) && relative.pathname[0] === '/');
  let mustEndAbsolute = isRelativeAbsolute || isSourceAbsolute || (Boolean(result.host) && Boolean(relative.pathname));
  const removeAllDots = mustEndAbsolute;
  const noLeadingSlashes = Boolean(result.protocol) && !kSlashedProtocols.has(result.protocol);
  const context = {
    segments: (result.pathname && result.pathname.split('/')) || [],
    relativeSegments: (relative.pathname && relative.pathname.split('/')) || [],
    isRelativeAbsolute,
  };
  if (noLeadingSlashes) {
    hostToSegments(result, relative, context);
    mustEndAbsolute &&= context.relativeSegments[0] === '' || context.segments[0] === '';
  }

  const onlyQuery = !isRelativeAbsolute && context.relativeSegments.length === 0 && relative.search != null;
  const segments = mergePaths(result, relative, context);
  if (onlyQuery) {
    if (noLeadingSlashes) {
      result.hostname = result.host = segments.shift();
      splitAuth(result);
    }
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    result.href = result.format();
    return result;
  }
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    result.href = result.format();
    return result;
  }
  return finishPath(result, relative, { segments, mustEndAbsolute, removeAllDots, noLeadingSlashes });
}

function finishPath(result, relative, { segments, mustEndAbsolute, removeAllDots, noLeadingSlashes }) {
  const last = segments.at(-1);
  const trailingSlash =
    ((result.host || relative.host || segments.length > 1) && (last === '.' || last === '..')) || last === '';
  let up = removeDots(segments);
  if (!mustEndAbsolute && !removeAllDots) {
    while (up-- > 0) segments.unshift('..');
  }
  if (mustEndAbsolute && segments[0] !== '' && (!segments[0] || segments[0][0] !== '/')) segments.unshift('');
  if (trailingSlash && !segments.join('/').endsWith('/')) segments.push('');

  const isAbsolute = segments[0] === '' || Boolean(segments[0] && segments[0][0] === '/');
  if (noLeadingSlashes) {
    result.hostname = result.host = isAbsolute ? '' : segments.length > 0 ? segments.shift() : '';
    splitAuth(result);
  }
  mustEndAbsolute ||= Boolean(result.host) && segments.length > 0;
  if (mustEndAbsolute && !isAbsolute) segments.unshift('');
  if (segments.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = segments.join('/');
  }
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  result.href = result.format();
  return result;
}

module.exports = { resolveObject };
