'use strict';

// Required when a program asks what keeps it alive: process.getActiveResourcesInfo() and its two undocumented forerunners.

const binding = internalBinding('process');

// By the names of async_hooks, those that Node gives here. What is missing, such as work on the thread pool, is not told.
const handleNames = {
  __proto__: null,
  FSEVENTWRAP: 'FSEventWrap',
  MESSAGEPORT: 'MessagePort',
  PIPESERVERWRAP: 'PipeWrap',
  PIPEWRAP: 'PipeWrap',
  PROCESSWRAP: 'ProcessWrap',
  SIGNALWRAP: 'SignalWrap',
  STATWATCHER: 'StatWatcher',
  TCPSERVERWRAP: 'TCPServerWrap',
  TCPWRAP: 'TCPSocketWrap',
  TTYWRAP: 'TTYWrap',
  UDPWRAP: 'UDPWrap',
};
const requestNames = {
  __proto__: null,
  FSREQCALLBACK: 'FSReqCallback',
  GETADDRINFOREQWRAP: 'GetAddrInfoReqWrap',
  GETNAMEINFOREQWRAP: 'GetNameInfoReqWrap',
  PIPECONNECTWRAP: 'ConnectWrap',
  SHUTDOWNWRAP: 'ShutdownWrap',
  TCPCONNECTWRAP: 'ConnectWrap',
  UDPSENDWRAP: 'SendWrap',
  WRITEWRAP: 'WriteWrap',
};

/** [name, object] of the handles that keep the loop alive, the oldest first. */
function activeHandles() {
  const pairs = binding.activeHandles();
  const handles = [];
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] in handleNames) handles.push([handleNames[pairs[i]], pairs[i + 1]]);
  }
  return handles;
}

const activeRequests = () => binding.activeRequestTypes().filter((type) => type in requestNames);

/** What holds a handle, a Socket or a Server; else the handle. */
function getActiveHandles() {
  const { kOwner } = require('internal/net');
  return activeHandles().map(([, handle]) => handle[kOwner] ?? handle);
}

/** Requests are no objects of JavaScript: each is told of by its name. */
function getActiveRequests() {
  return activeRequests().map((type) => ({ type: requestNames[type] }));
}

function getActiveResourcesInfo() {
  const { activeTimerTypes } = require('internal/timers');
  return [
    ...activeRequests().map((type) => requestNames[type]),
    ...activeHandles().map(([name]) => name),
    ...activeTimerTypes(),
  ];
}

module.exports = { getActiveHandles, getActiveRequests, getActiveResourcesInfo };
