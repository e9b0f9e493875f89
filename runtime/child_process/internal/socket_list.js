'use strict';
// A server's connections that were sent to other processes: the sender's side asks how many there are and waits for
// their end, the receiver's side counts and answers. The messages are Node's.

const EventEmitter = require('events');
const { codes: { ERR_CHILD_CLOSED_BEFORE_REPLY } } = require('internal/errors');

/** In the process that has the server. */
class SocketListSend extends EventEmitter {
  constructor(child, key) {
    super();
    this.key = key;
    this.child = child;
    child.once('exit', () => this.emit('exit', this));
  }

  /** Sends a request and waits for the answer with this list's key. */
  #request(message, answer, swallowErrors, callback) {
    const { child, key } = this;
    if (!child.connected) {
      callback(new ERR_CHILD_CLOSED_BEFORE_REPLY());
      return;
    }
    const forget = () => {
      child.removeListener('internalMessage', onMessage);
      child.removeListener('disconnect', onClosed);
    };
    const onClosed = () => {
      forget();
      callback(new ERR_CHILD_CLOSED_BEFORE_REPLY());
    };
    const onMessage = (reply) => {
      if (reply.cmd !== answer || reply.key !== key) return;
      forget();
      callback(null, reply);
    };
    child.once('disconnect', onClosed);
    child.on('internalMessage', onMessage);
    child._send(message, undefined, { swallowErrors }, (error) => {
      if (!error) return;
      forget();
      callback(error);
    });
  }

  close(callback) {
    this.#request({ cmd: 'NODE_SOCKET_NOTIFY_CLOSE', key: this.key }, 'NODE_SOCKET_ALL_CLOSED', true,
                  callback);
  }

  getConnections(callback) {
    this.#request({ cmd: 'NODE_SOCKET_GET_COUNT', key: this.key }, 'NODE_SOCKET_COUNT', false,
                  (error, reply) => (error ? callback(error) : callback(null, reply.count)));
  }
}

/** In the process that got the connections. */
class SocketListReceive extends EventEmitter {
  constructor(child, key) {
    super();
    this.connections = 0;
    this.key = key;
    this.child = child;
    child.on('internalMessage', (message) => this.#onMessage(message));
  }

  #onMessage(message) {
    if (message.key !== this.key) return;
    if (message.cmd === 'NODE_SOCKET_NOTIFY_CLOSE') {
      if (this.connections === 0) this.#allClosed();
      else this.once('empty', () => this.#allClosed());
    } else if (message.cmd === 'NODE_SOCKET_GET_COUNT') {
      if (!this.child.connected) return;
      this.child._send({ cmd: 'NODE_SOCKET_COUNT', key: this.key, count: this.connections });
    }
  }

  #allClosed() {
    if (!this.child.connected) return;
    this.child._send({ cmd: 'NODE_SOCKET_ALL_CLOSED', key: this.key }, undefined, true);
  }

  add({ socket }) {
    this.connections++;
    socket.once('close', () => {
      this.connections--;
      if (this.connections === 0) this.emit('empty', this);
    });
  }
}

module.exports = { SocketListReceive, SocketListSend };
