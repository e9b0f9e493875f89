'use strict';

// Run once, when internal/errors is first required; makes nothing but data: codes of errors that Node throws from its
// native half. There the call site may word the message, so the first argument, when given, is the message, and the
// text here is what is said otherwise.

module.exports = {
  Error: {
    ERR_BROTLI_PARAM_SET_FAILED: 'Setting parameter failed',
    ERR_BUFFER_CONTEXT_NOT_AVAILABLE: 'Buffer is not available for the current Context',
    ERR_CLOSED_MESSAGE_PORT: 'Cannot send data on closed MessagePort',
    ERR_CPU_PROFILE_ALREADY_STARTED: 'CPU profile already started',
    ERR_CPU_PROFILE_NOT_STARTED: 'CPU profile not started',
    ERR_CPU_PROFILE_TOO_MANY: 'There are too many CPU profiles',
    ERR_CRYPTO_INITIALIZATION_FAILED: 'Initialization failed',
    ERR_CRYPTO_JOB_INIT_FAILED: 'Failed to initialize crypto job config',
    ERR_CRYPTO_JWK_UNSUPPORTED_CURVE: 'Unsupported JWK EC curve',
    ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE: 'Unsupported JWK Key Type.',
    ERR_CRYPTO_OPERATION_FAILED: 'Operation failed',
    ERR_CRYPTO_UNKNOWN_CIPHER: 'Unknown cipher',
    ERR_CRYPTO_UNKNOWN_DH_GROUP: 'Unknown DH group',
    ERR_CRYPTO_UNSUPPORTED_OPERATION: 'Unsupported crypto operation',
    ERR_DLOPEN_DISABLED: 'Cannot load native addon because loading addons is disabled.',
    ERR_DLOPEN_FAILED: 'DLOpen failed',
    ERR_EXECUTION_ENVIRONMENT_NOT_AVAILABLE: 'Context not associated with Node.js environment',
    ERR_HEAP_PROFILE_HAVE_BEEN_STARTED: 'heap profiler have been started',
    ERR_HEAP_PROFILE_NOT_STARTED: 'heap profiler not started',
    ERR_HTTP2_ERROR: 'HTTP/2 error',
    ERR_INVALID_ADDRESS: 'Invalid address',
    ERR_INVALID_MODULE: 'No such module',
    ERR_LOAD_SQLITE_EXTENSION: 'Failed to load SQLite extension',
    ERR_MEMORY_ALLOCATION_FAILED: 'Failed to allocate memory',
    ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE:
      'A message object could not be deserialized successfully in the target vm.Context',
    ERR_MISSING_PLATFORM_FOR_WORKER:
      'The V8 platform used by this instance of Node does not support creating Workers',
    ERR_NON_CONTEXT_AWARE_DISABLED:
      'Loading non context-aware native addons has been disabled',
    ERR_OPTIONS_BEFORE_BOOTSTRAPPING: 'Should not query options before bootstrapping is done',
    ERR_SCRIPT_EXECUTION_TIMEOUT: 'Script execution timed out',
    ERR_SQLITE_ERROR: 'SQLite error',
    ERR_STRING_TOO_LONG: 'Cannot create a string longer than 0x1fffffe8 characters',
    ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED: 'Failed to set PSK identity hint',
    ERR_VM_MODULE_CACHED_DATA_REJECTED: 'cachedData buffer was rejected',
    ERR_WASI_NOT_STARTED: 'wasi.start() has not been called',
    ERR_ZLIB_INITIALIZATION_FAILED: 'Initialization failed',
    ERR_ZSTD_PARAM_SET_FAILED: 'Setting parameter failed',
  },
  TypeError: {
    ERR_CONSTRUCT_CALL_INVALID: 'Constructor cannot be called',
    ERR_CRYPTO_INVALID_AUTH_TAG: 'Invalid authentication tag',
    ERR_CRYPTO_INVALID_COUNTER: 'Invalid counter',
    ERR_CRYPTO_INVALID_CURVE: 'Invalid EC curve name',
    ERR_CRYPTO_INVALID_IV: 'Invalid initialization vector',
    ERR_CRYPTO_INVALID_KEYTYPE: 'Invalid key type',
    ERR_INVALID_INVOCATION: 'Invalid invocation',
    ERR_INVALID_OBJECT_DEFINE_PROPERTY: 'Cannot define property',
    ERR_INVALID_URL_PATTERN: 'Invalid URL pattern',
    ERR_MISSING_PASSPHRASE: 'Passphrase required for encrypted key',
    ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST:
      'Object that needs transfer was found in message but not listed in transferList',
    ERR_PROTO_ACCESS:
      'Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw',
    ERR_TLS_INVALID_PROTOCOL_METHOD: 'Invalid protocol method',
  },
  RangeError: {
    ERR_CRYPTO_INVALID_KEYLEN: 'Invalid key length',
    ERR_CRYPTO_INVALID_KEYPAIR: 'Invalid key pair',
    ERR_CRYPTO_INVALID_MESSAGELEN: 'Invalid message length',
    ERR_CRYPTO_INVALID_SCRYPT_PARAMS: 'Invalid scrypt params',
    ERR_CRYPTO_INVALID_TAG_LENGTH: 'Invalid taglength',
    ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: 'Input buffers must have the same byte length',
  },
  SyntaxError: {
    ERR_AMBIGUOUS_MODULE_SYNTAX: 'Cannot determine intended module format',
    ERR_SOURCE_PHASE_NOT_DEFINED: 'Source phase import object is not defined for module',
  },
};
