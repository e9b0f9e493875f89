// An addon as a user writes one: a class with native state, a callback, work on the thread pool, a
// function that a thread of its own calls, and data of the instance.
#undef NDEBUG  // the calls are in the assertions
#include <assert.h>
#include <node_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int finalized;
static int cleaned_up;

static napi_value Undefined(napi_env env) {
  napi_value result;
  assert(napi_get_undefined(env, &result) == napi_ok);
  return result;
}

static napi_value Number(napi_env env, int number) {
  napi_value result;
  assert(napi_create_int32(env, number, &result) == napi_ok);
  return result;
}

static void FinalizeCounter(napi_env env, void* data, void* hint) {
  finalized++;
  free(data);
}

// new Counter(start)
static napi_value NewCounter(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value start, self;
  assert(napi_get_cb_info(env, info, &argc, &start, &self, NULL) == napi_ok);
  int64_t* count = malloc(sizeof(*count));
  if (napi_get_value_int64(env, start, count) != napi_ok) {
    free(count);
    napi_throw_type_error(env, "ERR_COUNTER", "start must be a number");
    return NULL;
  }
  assert(napi_wrap(env, self, count, FinalizeCounter, NULL, NULL) == napi_ok);
  return self;
}

static napi_value Increment(napi_env env, napi_callback_info info) {
  napi_value self, result;
  int64_t* count;
  assert(napi_get_cb_info(env, info, NULL, NULL, &self, NULL) == napi_ok);
  assert(napi_unwrap(env, self, (void**)&count) == napi_ok);
  assert(napi_create_int64(env, ++*count, &result) == napi_ok);
  return result;
}

// call(function, ...arguments) answers what the function returns; what it throws passes through.
static napi_value Call(napi_env env, napi_callback_info info) {
  size_t argc = 8;
  napi_value argv[8], result;
  assert(napi_get_cb_info(env, info, &argc, argv, NULL, NULL) == napi_ok);
  if (napi_call_function(env, Undefined(env), argv[0], argc - 1, argv + 1, &result) != napi_ok) {
    return NULL;
  }
  return result;
}

struct square {
  napi_async_work work;
  napi_deferred deferred;
  double value;
};

static void ExecuteSquare(napi_env env, void* data) {
  struct square* square = data;
  square->value *= square->value;
}

static void CompleteSquare(napi_env env, napi_status status, void* data) {
  struct square* square = data;
  napi_value result;
  assert(status == napi_ok);
  assert(napi_create_double(env, square->value, &result) == napi_ok);
  assert(napi_resolve_deferred(env, square->deferred, result) == napi_ok);
  assert(napi_delete_async_work(env, square->work) == napi_ok);
  free(square);
}

// square(number) answers a promise.
static napi_value Square(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value value, promise, name;
  struct square* square = malloc(sizeof(*square));
  assert(napi_get_cb_info(env, info, &argc, &value, NULL, NULL) == napi_ok);
  assert(napi_get_value_double(env, value, &square->value) == napi_ok);
  assert(napi_create_promise(env, &square->deferred, &promise) == napi_ok);
  assert(napi_create_string_utf8(env, "square", NAPI_AUTO_LENGTH, &name) == napi_ok);
  assert(napi_create_async_work(env, NULL, name, ExecuteSquare, CompleteSquare, square,
                                &square->work) == napi_ok);
  assert(napi_queue_async_work(env, square->work) == napi_ok);
  return promise;
}

static void CallJs(napi_env env, napi_value function, void* context, void* data) {
  if (env == NULL) return;
  napi_value number;
  assert(napi_create_int64(env, (intptr_t)data, &number) == napi_ok);
  napi_call_function(env, Undefined(env), function, 1, &number, NULL);
}

static void* CountOnThread(void* argument) {
  napi_threadsafe_function function = argument;
  for (intptr_t i = 1; i <= 1000; i++) {
    assert(napi_call_threadsafe_function(function, (void*)i, napi_tsfn_blocking) == napi_ok);
  }
  assert(napi_release_threadsafe_function(function, napi_tsfn_release) == napi_ok);
  return NULL;
}

static void JoinThread(napi_env env, void* data, void* hint) {
  pthread_join(*(pthread_t*)data, NULL);
  free(data);
}

// countOnThread(function): calls it with 1 to 1000, from a thread, through a queue of 16.
static napi_value StartThread(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value function, name;
  napi_threadsafe_function threadsafe;
  pthread_t* thread = malloc(sizeof(*thread));
  assert(napi_get_cb_info(env, info, &argc, &function, NULL, NULL) == napi_ok);
  assert(napi_create_string_utf8(env, "counter", NAPI_AUTO_LENGTH, &name) == napi_ok);
  assert(napi_create_threadsafe_function(env, function, NULL, name, 16, 1, thread, JoinThread, NULL,
                                         CallJs, &threadsafe) == napi_ok);
  assert(pthread_create(thread, NULL, CountOnThread, threadsafe) == 0);
  return NULL;
}

static void* SayOne(void* argument) {
  assert(napi_call_threadsafe_function(argument, (void*)1, napi_tsfn_blocking) == napi_ok);
  assert(napi_release_threadsafe_function(argument, napi_tsfn_release) == napi_ok);
  return NULL;
}

// sayOneOnThreads(function): calls it with 1 from each of ten threads, most of which wait for room
// in a queue of 2.
static napi_value StartThreads(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value function, name;
  napi_threadsafe_function threadsafe;
  assert(napi_get_cb_info(env, info, &argc, &function, NULL, NULL) == napi_ok);
  assert(napi_create_string_utf8(env, "ones", NAPI_AUTO_LENGTH, &name) == napi_ok);
  assert(napi_create_threadsafe_function(env, function, NULL, name, 2, 10, NULL, NULL, NULL, CallJs,
                                         &threadsafe) == napi_ok);
  for (int i = 0; i < 10; i++) {
    pthread_t thread;
    assert(pthread_create(&thread, NULL, SayOne, threadsafe) == 0);
    pthread_detach(thread);
  }
  usleep(100 * 1000);
  return NULL;
}

static int external_finalized;

static void FinalizeExternal(napi_env env, void* data, void* hint) {
  memset(data, 0xdd, (size_t)hint);
  external_finalized++;
}

// external(size): an ArrayBuffer of the addon's memory, which is overwritten when it is finalized.
static napi_value External(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value value, result;
  int64_t size;
  assert(napi_get_cb_info(env, info, &argc, &value, NULL, NULL) == napi_ok);
  assert(napi_get_value_int64(env, value, &size) == napi_ok);
  assert(napi_create_external_arraybuffer(env, calloc(1, size), size, FinalizeExternal, (void*)size,
                                          &result) == napi_ok);
  return result;
}

static napi_value ExternalFinalized(napi_env env, napi_callback_info info) {
  return Number(env, external_finalized);
}

// view(arrayBuffer, length, offset): a Float64Array; both numbers may be larger than any memory.
static napi_value View(napi_env env, napi_callback_info info) {
  size_t argc = 3;
  napi_value args[3], result = NULL;
  uint64_t length, offset;
  bool lossless;
  assert(napi_get_cb_info(env, info, &argc, args, NULL, NULL) == napi_ok);
  assert(napi_get_value_bigint_uint64(env, args[1], &length, &lossless) == napi_ok);
  assert(napi_get_value_bigint_uint64(env, args[2], &offset, &lossless) == napi_ok);
  napi_create_typedarray(env, napi_float64_array, length, args[0], offset, &result);
  return result;
}

#define MAX_HELD 100
static napi_ref held[MAX_HELD];
static int held_count;
static int held_finalized;

static void FinalizeHeld(napi_env env, void* data, void* hint) { held_finalized++; }

// hold(object): keeps a weak reference with a finalizer.
static napi_value Hold(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value object;
  assert(napi_get_cb_info(env, info, &argc, &object, NULL, NULL) == napi_ok);
  assert(held_count < MAX_HELD);
  assert(napi_add_finalizer(env, object, NULL, FinalizeHeld, NULL, &held[held_count++]) == napi_ok);
  return NULL;
}

// letGo() deletes the references: how many of their objects had been collected and not finalized.
static napi_value LetGo(napi_env env, napi_callback_info info) {
  int collected = -held_finalized;
  for (; held_count > 0; held_count--) {
    napi_value object = NULL;
    assert(napi_get_reference_value(env, held[held_count - 1], &object) == napi_ok);
    if (object == NULL) collected++;
    assert(napi_delete_reference(env, held[held_count - 1]) == napi_ok);
  }
  return Number(env, collected);
}

static napi_value HeldFinalized(napi_env env, napi_callback_info info) {
  return Number(env, held_finalized);
}

static napi_value Finalized(napi_env env, napi_callback_info info) {
  return Number(env, finalized);
}

static napi_value CleanedUp(napi_env env, napi_callback_info info) {
  return Number(env, cleaned_up);
}

static void CleanUp(void* argument) { cleaned_up++; }

NAPI_MODULE_INIT() {
  napi_property_descriptor method = {"increment", NULL, Increment,           NULL,
                                     NULL,        NULL, napi_default_method, NULL};
  napi_value counter;
  assert(napi_define_class(env, "Counter", NAPI_AUTO_LENGTH, NewCounter, NULL, 1, &method,
                           &counter) == napi_ok);
  napi_property_descriptor properties[] = {
      {"Counter", NULL, NULL, NULL, NULL, counter, napi_enumerable, NULL},
      {"call", NULL, Call, NULL, NULL, NULL, napi_enumerable, NULL},
      {"square", NULL, Square, NULL, NULL, NULL, napi_enumerable, NULL},
      {"countOnThread", NULL, StartThread, NULL, NULL, NULL, napi_enumerable, NULL},
      {"sayOneOnThreads", NULL, StartThreads, NULL, NULL, NULL, napi_enumerable, NULL},
      {"external", NULL, External, NULL, NULL, NULL, napi_enumerable, NULL},
      {"externalFinalized", NULL, ExternalFinalized, NULL, NULL, NULL, napi_enumerable, NULL},
      {"view", NULL, View, NULL, NULL, NULL, napi_enumerable, NULL},
      {"hold", NULL, Hold, NULL, NULL, NULL, napi_enumerable, NULL},
      {"letGo", NULL, LetGo, NULL, NULL, NULL, napi_enumerable, NULL},
      {"heldFinalized", NULL, HeldFinalized, NULL, NULL, NULL, napi_enumerable, NULL},
      {"finalized", NULL, Finalized, NULL, NULL, NULL, napi_enumerable, NULL},
      {"cleanedUp", NULL, CleanedUp, NULL, NULL, NULL, napi_enumerable, NULL},
  };
  assert(napi_define_properties(env, exports, sizeof(properties) / sizeof(*properties),
                                properties) == napi_ok);
  assert(napi_add_env_cleanup_hook(env, CleanUp, NULL) == napi_ok);
  return exports;
}
