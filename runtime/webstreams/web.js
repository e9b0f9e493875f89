'use strict';

// stream/web: the WHATWG streams. The globals of the same names come from here.

const { ReadableStream } = require('internal/webstreams/readable_stream');
const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readers');
const { ReadableStreamDefaultController } = require('internal/webstreams/default_controller');
const { ReadableByteStreamController, ReadableStreamBYOBRequest } = require('internal/webstreams/byte_controller');
const {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} = require('internal/webstreams/writable_stream');
const { TransformStream, TransformStreamDefaultController } = require('internal/webstreams/transform_stream');
const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('internal/webstreams/queuing_strategies');
const { TextDecoderStream, TextEncoderStream } = require('internal/webstreams/encoding_streams');
const { CompressionStream, DecompressionStream } = require('internal/webstreams/compression');

function ReadableStreamTee(stream, cloneForBranch2 = false) {
  return require('internal/webstreams/tee').tee(stream, cloneForBranch2);
}

module.exports = {
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  ReadableStreamTee,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
  CompressionStream,
  DecompressionStream,
};
