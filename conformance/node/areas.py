"""Which ledger a file of Node's suite belongs to: the one table. A file's name is its path below test/."""

import re

# The folders of the suite that the ledger covers.
FOLDERS = ("async-hooks", "es-module", "js-native-api", "message", "module-hooks", "node-api", "parallel", "pseudo-tty",
           "sequential", "test-runner", "wasi", "wpt")

# parallel has thousands of files, told apart by the words after `test-`. The first line that fits counts.
_PARALLEL = (
    ("assert", "assert"),
    ("async-hooks", "als|async|asyncresource|emit-after|atomics"),
    ("buffer", "blob|btoa|buffer|file[.]js|stringbytes"),
    ("child-process", "child|kill|spawn"),
    ("cli", "cli|config|dotenv|env|eval|force-repl|max-old|node-run|options|preload|safe-get-env|stack-size|unicode-node"),
    ("cluster", "cluster|listen-fd-cluster"),
    ("console", "console|global-console"),
    ("crypto-hash", "crypto-hash|crypto-hmac|crypto-oneshot-hash"),
    ("crypto", "crypto|dsa|global-webcrypto|openssl|security|strace-openat|webcrypto|x509"),
    ("dgram", "dgram|udp"),
    ("diagnostics", "diagnostic|diagnostics"),
    ("dns", "c-ares|dns"),
    ("domain", "domain"),
    ("events", "abort|abort-controller|abortcontroller|aborted|abortsignal|event|eventemitter|events|eventtarget|global-customevent|nodeeventtarget"),
    ("fs", "fastutf8stream|file|filehandle|fs|sync-fileread|watch"),
    ("http2", "h2|h2leak|http2"),
    ("https", "https"),
    ("http", "client-request|gc-http|http|outgoing|set-http|set-incoming"),
    ("inspector", "coverage|cpu-prof|debug-process|debugger|inspect|inspector|set-process-debug|disable-sigusr1"),
    ("module", "compile|cwd-enoent|data-url|delayed-require|directory-import|esm|find-package|module|no-addons|package|require|shadow|source-map|node-output-sourcemaps"),
    ("net", "blocklist|destroy-socket|gc-net|listen|net|pipe|socket|socket-address|socketaddress|tcp"),
    ("next-tick", "microtask|next-tick|queue-microtask"),
    ("os", "os"),
    ("path", "path"),
    ("perf", "perf|performance|performanceobserver|tojson-perf"),
    ("permission", "permission"),
    ("process", "beforeexit|exception|memory-usage|process|resource-usage|setproctitle|sigint|signal|uncaught|unhandled|warn|env-var"),
    ("promise", "promise|promises"),
    ("querystring", "querystring"),
    ("quic", "quic"),
    ("readline", "readline"),
    ("repl", "repl"),
    ("snapshot", "sea|snapshot"),
    ("sqlite", "sqlite|webstorage"),
    ("stdio", "dummy-stdio|node-output|stderr|stdin|stdio|stdout"),
    ("stream", "duplex|readable|stream|stream2|stream3|streams"),
    ("string-decoder", "string-decoder"),
    ("test-runner", "mock-timers|runner"),
    ("timers", "primitive-timer|timers"),
    ("tls", "double-tls|gc-tls|tls|wrap-js"),
    ("trace-events", "trace|tracing"),
    ("tty", "tty|ttywrap"),
    ("url", "fileurltopathbuffer|url|urlpattern|whatwg-url"),
    ("util", "diff|err-name|error|errors|mime|parse-args|util"),
    ("v8", "cppheap|heap|heapdump|heapsnapshot|v8"),
    ("vm", "vm"),
    ("webstreams", "compression|global-webstreams|webstream|webstreams|whatwg-.*stream|whatwg-webstreams"),
    ("web", "domexception|eventsource|fetch|global|messageevent|navigator|web|websocket|whatwg"),
    ("worker", "broadcastchannel|messagechannel|messageport|messaging|structuredClone|worker"),
    ("zlib", "zlib"),
    ("internal", "binding|bootstrap|common|fixed-queue|freelist|internal|is-internal|primordials|priority-queue|tick-processor|uv|validators"),
    ("misc", ".*"),
)
_COMPILED = [(area, re.compile(rf"(?:test-)?(?:{words})(?![a-zA-Z0-9_])" if words != ".*" else words)) for area, words in _PARALLEL]

# Folders that share a ledger with files of parallel; each other folder has its own.
AREAS = tuple(sorted({area for area, _ in _PARALLEL} | (set(FOLDERS) - {"parallel"})))

# What this release of Gyre is about; the other areas count, too, but nobody expects them to be complete yet.
COVERED = ("assert", "buffer", "child-process", "cluster", "console", "crypto-hash", "dgram", "diagnostics", "dns", "domain", "events",
           "es-module", "fs", "http", "module", "module-hooks", "net", "next-tick", "os", "path", "perf", "process", "promise",
           "querystring", "readline", "stdio", "stream", "string-decoder", "timers", "tty", "url", "util", "v8", "vm", "web",
           "webstreams", "worker", "zlib")


def area_of(name):
    """parallel/test-fs-read.js is of the area fs."""
    folder, _, rest = name.partition("/")
    if folder != "parallel":
        return folder
    return next(area for area, pattern in _COMPILED if pattern.match(rest))
