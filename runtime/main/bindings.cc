#include "runtime/main/bindings.h"

#include "runtime/async_hooks/binding.h"
#include "runtime/bootstrap/binding.h"
#include "runtime/buffer/binding.h"
#include "runtime/child_process/binding.h"
#include "runtime/console/binding.h"
#include "runtime/crypto/binding.h"
#include "runtime/dgram/binding.h"
#include "runtime/dns/binding.h"
#include "runtime/encoding/binding.h"
#include "runtime/errors/binding.h"
#include "runtime/fetch/binding.h"
#include "runtime/fs/binding.h"
#include "runtime/http/binding.h"
#include "runtime/http2/binding.h"
#include "runtime/inspector/binding.h"
#include "runtime/messaging/binding.h"
#include "runtime/modules/binding.h"
#include "runtime/net/binding.h"
#include "runtime/node_api/binding.h"
#include "runtime/os/binding.h"
#include "runtime/perf_hooks/binding.h"
#include "runtime/permission/binding.h"
#include "runtime/process/binding.h"
#include "runtime/report/binding.h"
#include "runtime/sqlite/binding.h"
#include "runtime/timers/binding.h"
#include "runtime/tls/binding.h"
#include "runtime/trace_events/binding.h"
#include "runtime/tty/binding.h"
#include "runtime/url/binding.h"
#include "runtime/util/binding.h"
#include "runtime/v8/binding.h"
#include "runtime/vm/binding.h"
#include "runtime/wasi/binding.h"
#include "runtime/webstorage/binding.h"
#include "runtime/worker/binding.h"
#include "runtime/zlib/binding.h"

namespace gyre {
namespace {

constexpr Binding kBindings[] = {
    {"async_wrap", InitAsyncWrap},
    {"buffer", InitBuffer},
    {"builtins", InitBuiltins},
    {"child_process", InitChildProcess},
    {"console", InitConsole},
    {"contextify", InitContextify},
    {"crypto", InitCrypto},
    {"dgram", InitDgram},
    {"dns", InitDns},
    {"encoding", InitEncoding},
    {"errors", InitErrors},
    {"fetch", InitFetch},
    {"fs", InitFs},
    {"http", InitHttp},
    {"http2", InitHttp2},
    {"inspector", InitInspector},
    {"messaging", InitMessaging},
    {"modules", InitModules},
    {"net", InitNet},
    {"node_api", InitNodeApi},
    {"options", InitOptions},
    {"os", InitOs},
    {"performance", InitPerformance},
    {"permission", InitPermission},
    {"process", InitProcess},
    {"report", InitReport},
    {"signal", InitSignal},
    {"sqlite", InitSqlite},
    {"task_queue", InitTaskQueue},
    {"timers", InitTimers},
    {"tls", InitTls},
    {"trace_events", InitTraceEvents},
    {"tty", InitTty},
    {"types", InitTypes},
    {"url", InitUrl},
    {"util", InitUtil},
    {"uv", InitUv},
    {"v8", InitV8},
    {"wasi", InitWasi},
    {"webstorage", InitWebStorage},
    {"worker", InitWorker},
    {"zlib", InitZlib},
};

}  // namespace

std::span<const Binding> AllBindings() { return kBindings; }

}  // namespace gyre
