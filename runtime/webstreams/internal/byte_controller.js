'use strict';

// ReadableByteStreamController: a queue of byte ranges, read as they are or into buffers that readers bring (BYOB).

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { Buffer } = require('buffer');
const { Fifo } = require('internal/events/fifo');
const {
  checkThis,
  defineEnumerable,
  inspectAs,
  invalidState,
  kInspect,
  kState,
  kType,
} = require('internal/webstreams/util');
const { ReadableControllerState } = require('internal/webstreams/readable_controller');

const kCreate = Symbol('kCreate');

// Takes the memory away from whoever gave it, so that nobody else can change what is in it.
function transferBuffer(buffer) {
  return buffer.transfer();
}

function isDetached(buffer) {
  return buffer.detached === true;
}

// A buffer that waits to be filled. `readerType` says for whom: a BYOB reader, a default reader (autoAllocateChunkSize)
// or nobody any more ('none').
class PullIntoDescriptor {
  bytesFilled = 0;

  constructor(buffer, byteOffset, byteLength, minimumFill, elementSize, View, readerType) {
    this.buffer = buffer;
    this.bufferByteLength = buffer.byteLength;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.minimumFill = minimumFill;
    this.elementSize = elementSize;
    this.View = View;
    this.readerType = readerType;
  }

  toView() {
    return new this.View(transferBuffer(this.buffer), this.byteOffset, this.bytesFilled / this.elementSize);
  }
}

class ByteControllerState extends ReadableControllerState {
  queue = new Fifo();  // {buffer, byteOffset, byteLength}
  queuedSize = 0;
  pendingPullIntos = [];
  byobRequest = null;
  autoAllocateChunkSize;

  constructor(stream, source, highWaterMark, autoAllocateChunkSize) {
    super(stream, source, highWaterMark);
    this.autoAllocateChunkSize = autoAllocateChunkSize;
    this.controller = stream.controller = new ReadableByteStreamController(kCreate, this);
  }

  getByobRequest() {
    if (this.byobRequest === null && this.pendingPullIntos.length > 0) {
      const first = this.pendingPullIntos[0];
      const view = new Uint8Array(first.buffer, first.byteOffset + first.bytesFilled,
                                  first.byteLength - first.bytesFilled);
      this.byobRequest = new ReadableStreamBYOBRequest(kCreate, { controller: this, view });
    }
    return this.byobRequest;
  }

  invalidateByobRequest() {
    if (this.byobRequest === null) return;
    this.byobRequest[kState].controller = undefined;
    this.byobRequest[kState].view = null;
    this.byobRequest = null;
  }

  clearQueue() {
    this.queue.clear();
    this.queuedSize = 0;
  }

  clearPendingPullIntos() {
    this.invalidateByobRequest();
    this.pendingPullIntos = [];
  }

  // ---- From the source ----

  close() {
    const { stream } = this;
    if (!this.canCloseOrEnqueue()) return;
    if (this.queuedSize > 0) {
      this.closeRequested = true;
      return;
    }
    const first = this.pendingPullIntos[0];
    if (first !== undefined && first.bytesFilled % first.elementSize !== 0) {
      const error = invalidState('Partial read');
      this.error(error);
      throw error;
    }
    this.clearAlgorithms();
    stream.close();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.clearPendingPullIntos();
    this.clearQueue();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  enqueue(chunk) {
    const { stream } = this;
    if (!this.canCloseOrEnqueue()) return;
    const { buffer, byteOffset, byteLength } = chunk;
    if (isDetached(buffer)) throw invalidState('Chunk buffer is detached');
    const transferred = transferBuffer(buffer);

    const first = this.pendingPullIntos[0];
    if (first !== undefined) {
      if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidateByobRequest();
      first.buffer = transferBuffer(first.buffer);
      if (first.readerType === 'none') this.enqueueDetachedPullInto(first);
    }
    if (stream.hasDefaultReader()) {
      this.serveReadRequests();
      if (stream.waiting === 0) {
        this.enqueueRange(transferred, byteOffset, byteLength);
      } else {
        if (this.pendingPullIntos.length > 0) this.pendingPullIntos.shift();
        stream.fulfill(new Uint8Array(transferred, byteOffset, byteLength), false);
      }
    } else if (stream.hasByobReader()) {
      this.enqueueRange(transferred, byteOffset, byteLength);
      for (const filled of this.fillPullIntosFromQueue()) this.commit(filled);
    } else {
      this.enqueueRange(transferred, byteOffset, byteLength);
    }
    this.callPullIfNeeded();
  }

  enqueueRange(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.queuedSize += byteLength;
  }

  enqueueClone(buffer, byteOffset, byteLength) {
    this.enqueueRange(buffer.slice(byteOffset, byteOffset + byteLength), 0, byteLength);
  }

  enqueueDetachedPullInto(descriptor) {
    if (descriptor.bytesFilled > 0) {
      this.enqueueClone(descriptor.buffer, descriptor.byteOffset, descriptor.bytesFilled);
    }
    this.pendingPullIntos.shift();
  }

  serveReadRequests() {
    const { requests } = this.stream.reader;
    while (requests.size > 0 && this.queuedSize > 0) this.serveFromQueue(requests.shift());
  }

  // ---- Filling ----

  // True: the descriptor holds at least as much as its reader asked for.
  fillFromQueue(descriptor) {
    const maxBytes = Math.min(this.queuedSize, descriptor.byteLength - descriptor.bytesFilled);
    const filledMax = descriptor.bytesFilled + maxBytes;
    const aligned = filledMax - (filledMax % descriptor.elementSize);
    let left = maxBytes;
    let ready = false;
    if (aligned >= descriptor.minimumFill) {
      left = aligned - descriptor.bytesFilled;
      ready = true;
    }
    while (left > 0) {
      const head = this.queue.peek();
      const count = Math.min(left, head.byteLength);
      new Uint8Array(descriptor.buffer, descriptor.byteOffset + descriptor.bytesFilled, count)
        .set(new Uint8Array(head.buffer, head.byteOffset, count));
      if (head.byteLength === count) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.queuedSize -= count;
      this.invalidateByobRequest();
      descriptor.bytesFilled += count;
      left -= count;
    }
    return ready;
  }

  fillPullIntosFromQueue() {
    const filled = [];
    while (this.pendingPullIntos.length > 0 && this.queuedSize > 0) {
      const first = this.pendingPullIntos[0];
      if (this.fillFromQueue(first)) {
        this.pendingPullIntos.shift();
        filled.push(first);
      }
    }
    return filled;
  }

  // Hands a filled buffer to who asked for it.
  commit(descriptor) {
    const done = this.stream.state === 'closed';
    if (descriptor.readerType === 'byob' || descriptor.readerType === 'default') {
      this.stream.fulfill(descriptor.toView(), done);
    }
  }

  handleQueueDrain() {
    if (this.queuedSize === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.callPullIfNeeded();
    }
  }

  // ---- From readers ----

  cancelSteps(reason) {
    this.clearPendingPullIntos();
    return super.cancelSteps(reason);
  }

  serveFromQueue(request) {
    const { buffer, byteOffset, byteLength } = this.queue.shift();
    this.queuedSize -= byteLength;
    this.handleQueueDrain();
    request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
  }

  pullSteps(request) {
    if (this.queuedSize > 0) {
      this.serveFromQueue(request);
      return;
    }
    const size = this.autoAllocateChunkSize;
    if (size !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(size);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pendingPullIntos.push(new PullIntoDescriptor(buffer, 0, size, 1, 1, Uint8Array, 'default'));
    }
    this.stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  releaseSteps() {
    const first = this.pendingPullIntos[0];
    if (first !== undefined) {
      first.readerType = 'none';
      this.pendingPullIntos = [first];
    }
  }

  pullInto(view, min, request) {
    const { stream } = this;
    const isDataView = view instanceof DataView;
    const elementSize = isDataView ? 1 : view.BYTES_PER_ELEMENT;
    // A Buffer's constructor is not one for views.
    const View = view instanceof Buffer ? require('internal/buffer').FastBuffer : view.constructor;
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = transferBuffer(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const descriptor =
      new PullIntoDescriptor(buffer, byteOffset, byteLength, min * elementSize, elementSize, View, 'byob');

    if (this.pendingPullIntos.length > 0) {
      this.pendingPullIntos.push(descriptor);
      stream.reader.requests.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new View(buffer, byteOffset, 0));
      return;
    }
    if (this.queuedSize > 0) {
      if (this.fillFromQueue(descriptor)) {
        const filled = descriptor.toView();
        this.handleQueueDrain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = invalidState('ReadableStream closed');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.pendingPullIntos.push(descriptor);
    stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  // ---- Answers to a BYOB request ----

  respond(bytesWritten) {
    const first = this.pendingPullIntos[0];
    if (this.stream.state === 'closed') {
      if (bytesWritten !== 0) throw invalidState('Controller is closed');
    } else {
      if (bytesWritten === 0) throw invalidState('View cannot be zero-length');
      if (first.bytesFilled + bytesWritten > first.byteLength) {
        throw new ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
      }
    }
    first.buffer = transferBuffer(first.buffer);
    this.respondInternal(bytesWritten);
  }

  respondWithNewView(view) {
    const first = this.pendingPullIntos[0];
    const { byteLength, byteOffset, buffer } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('View is not zero-length');
    } else if (byteLength === 0) {
      throw invalidState('View cannot be zero-length');
    }
    if (first.byteOffset + first.bytesFilled !== byteOffset) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('byteOffset', byteOffset);
    }
    if (first.bufferByteLength !== buffer.byteLength) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('bufferByteLength', buffer.byteLength);
    }
    if (first.bytesFilled + byteLength > first.byteLength) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('byteLength', byteLength);
    }
    first.buffer = transferBuffer(buffer);
    this.respondInternal(byteLength);
  }

  respondInternal(bytesWritten) {
    const first = this.pendingPullIntos[0];
    this.invalidateByobRequest();
    if (this.stream.state === 'closed') {
      this.respondInClosed(first);
    } else {
      this.respondInReadable(bytesWritten, first);
    }
    this.callPullIfNeeded();
  }

  respondInClosed(first) {
    if (first.readerType === 'none') this.pendingPullIntos.shift();
    if (!this.stream.hasByobReader()) return;
    while (this.stream.waiting > 0) this.commit(this.pendingPullIntos.shift());
  }

  respondInReadable(bytesWritten, descriptor) {
    descriptor.bytesFilled += bytesWritten;
    if (descriptor.readerType === 'none') {
      this.enqueueDetachedPullInto(descriptor);
      for (const filled of this.fillPullIntosFromQueue()) this.commit(filled);
      return;
    }
    if (descriptor.bytesFilled < descriptor.minimumFill) return;
    this.pendingPullIntos.shift();
    // A part of an element goes back into the queue.
    const remainder = descriptor.bytesFilled % descriptor.elementSize;
    if (remainder > 0) {
      const end = descriptor.byteOffset + descriptor.bytesFilled;
      this.enqueueClone(descriptor.buffer, end - remainder, remainder);
    }
    descriptor.bytesFilled -= remainder;
    const filled = this.fillPullIntosFromQueue();
    this.commit(descriptor);
    for (const each of filled) this.commit(each);
  }
}

function checkView(value, name) {
  if (!ArrayBuffer.isView(value)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
  }
}

class ReadableByteStreamController {
  [kType] = 'ReadableByteStreamController';

  constructor(token = undefined, state = undefined) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get byobRequest() {
    return checkThis(this, 'ReadableByteStreamController').getByobRequest();
  }

  get desiredSize() {
    return checkThis(this, 'ReadableByteStreamController').desiredSize;
  }

  close() {
    const state = checkThis(this, 'ReadableByteStreamController');
    if (state.closeRequested) throw invalidState('Controller is already closed');
    if (state.stream.state !== 'readable') throw invalidState('ReadableStream is already closed');
    state.close();
  }

  enqueue(chunk) {
    const state = checkThis(this, 'ReadableByteStreamController');
    checkView(chunk, 'chunk');
    if (chunk.byteLength === 0) throw invalidState('chunk ArrayBuffer is zero-length or detached');
    if (chunk.buffer.byteLength === 0) throw invalidState('chunk ArrayBuffer is zero-length or detached');
    if (state.closeRequested) throw invalidState('Controller is already closed');
    if (state.stream.state !== 'readable') throw invalidState('ReadableStream is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    checkThis(this, 'ReadableByteStreamController').error(error);
  }

  [kInspect](depth, options) {
    checkThis(this, 'ReadableByteStreamController');
    return inspectAs(this, this.constructor.name, depth, options, {});
  }
}

class ReadableStreamBYOBRequest {
  [kType] = 'ReadableStreamBYOBRequest';

  constructor(token = undefined, state = undefined) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get view() {
    return checkThis(this, 'ReadableStreamBYOBRequest').view;
  }

  respond(bytesWritten) {
    const { controller, view } = checkThis(this, 'ReadableStreamBYOBRequest');
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('bytesWritten');
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respond(+bytesWritten);
  }

  respondWithNewView(view) {
    const { controller } = checkThis(this, 'ReadableStreamBYOBRequest');
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    checkView(view, 'view');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respondWithNewView(view);
  }

  [kInspect](depth, options) {
    checkThis(this, 'ReadableStreamBYOBRequest');
    return inspectAs(this, this.constructor.name, depth, options, {
      view: this.view,
      controller: this[kState].controller?.controller,
    });
  }
}

defineEnumerable(ReadableByteStreamController.prototype, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error'],
                 'ReadableByteStreamController');
defineEnumerable(ReadableStreamBYOBRequest.prototype, ['view', 'respond', 'respondWithNewView'],
                 'ReadableStreamBYOBRequest');

module.exports = {
  ByteControllerState,
  ReadableByteStreamController,
  ReadableStreamBYOBRequest,
};
