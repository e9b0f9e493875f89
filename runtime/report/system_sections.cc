// The parts of a report that the operating system answers.

#include <dlfcn.h>
#include <execinfo.h>
#include <gnu/libc-version.h>
#include <link.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <ctime>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/base/version.h"
#include "runtime/process/binding.h"
#include "runtime/process/versions.h"
#include "runtime/report/report.h"
#include "uv.h"

extern char** environ;

namespace gyre {
namespace {

void WriteTime(JsonWriter& json) {
  timeval now;
  gettimeofday(&now, nullptr);
  tm utc;
  gmtime_r(&now.tv_sec, &utc);
  json.String("dumpEventTime",
              absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
                              utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec));
  json.String("dumpEventTimeStamp", absl::StrCat(now.tv_sec * 1000 + now.tv_usec / 1000));
}

void WriteCommandLine(JsonWriter& json) {
  const ProcessStart& start = GetProcessStart();
  json.BeginArray("commandLine");
  json.String("", start.argv0);
  for (const std::string& option : start.exec_argv) json.String("", option);
  for (const std::string& argument : start.arguments) json.String("", argument);
  json.EndArray();
}

void WriteVersions(JsonWriter& json) {
  json.String("nodejsVersion", absl::StrCat("v", kNodeVersion));
  json.String("glibcVersionRuntime", gnu_get_libc_version());
  json.String("glibcVersionCompiler", absl::StrCat(__GLIBC__, ".", __GLIBC_MINOR__));
  json.Number("wordSize", static_cast<int>(sizeof(void*) * 8));
  json.String("arch", "x64");
  json.String("platform", "linux");
  json.BeginObject("componentVersions");
  for (const auto& [name, version] : ComponentVersions()) json.String(name, version);
  json.EndObject();
  const NodeRelease release = GetNodeRelease();
  json.BeginObject("release");
  json.String("name", release.name);
  json.String("lts", release.lts);
  json.String("sourceUrl", release.source_url);
  json.String("headersUrl", release.headers_url);
  json.EndObject();
}

void WriteMachine(JsonWriter& json) {
  uv_utsname_t os;
  if (uv_os_uname(&os) != 0) return;
  json.String("osName", os.sysname);
  json.String("osRelease", os.release);
  json.String("osVersion", os.version);
  json.String("osMachine", os.machine);
}

void WriteProcessors(JsonWriter& json) {
  uv_cpu_info_t* cpus;
  int count;
  if (uv_cpu_info(&cpus, &count) != 0) return;
  json.BeginArray("cpus");
  for (int i = 0; i < count; i++) {
    json.BeginObject();
    json.String("model", cpus[i].model);
    json.Number("speed", cpus[i].speed);
    json.Number("user", cpus[i].cpu_times.user);
    json.Number("nice", cpus[i].cpu_times.nice);
    json.Number("sys", cpus[i].cpu_times.sys);
    json.Number("idle", cpus[i].cpu_times.idle);
    json.Number("irq", cpus[i].cpu_times.irq);
    json.EndObject();
  }
  json.EndArray();
  uv_free_cpu_info(cpus, count);
}

void WriteInterface(JsonWriter& json, const uv_interface_address_t& it) {
  const auto* mac = reinterpret_cast<const unsigned char*>(it.phys_addr);
  char address[INET6_ADDRSTRLEN];
  char netmask[INET6_ADDRSTRLEN];
  json.BeginObject();
  json.String("name", it.name);
  json.Bool("internal", it.is_internal != 0);
  json.String("mac", absl::StrFormat("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
                                     mac[3], mac[4], mac[5]));
  const int family = it.address.address4.sin_family;
  if (family == AF_INET) {
    uv_ip4_name(&it.address.address4, address, sizeof(address));
    uv_ip4_name(&it.netmask.netmask4, netmask, sizeof(netmask));
  } else if (family == AF_INET6) {
    uv_ip6_name(&it.address.address6, address, sizeof(address));
    uv_ip6_name(&it.netmask.netmask6, netmask, sizeof(netmask));
  }
  if (family == AF_INET || family == AF_INET6) {
    json.String("address", address);
    json.String("netmask", netmask);
    json.String("family", family == AF_INET ? "IPv4" : "IPv6");
    if (family == AF_INET6) json.Number("scopeid", it.address.address6.sin6_scope_id);
  } else {
    json.String("family", "unknown");
  }
  json.EndObject();
}

void WriteInterfaces(JsonWriter& json) {
  uv_interface_address_t* interfaces;
  int count;
  if (uv_interface_addresses(&interfaces, &count) != 0) return;
  json.BeginArray("networkInterfaces");
  for (int i = 0; i < count; i++) WriteInterface(json, interfaces[i]);
  json.EndArray();
  uv_free_interface_addresses(interfaces, count);
}

double Seconds(const uv_timeval_t& time) { return time.tv_sec + 1e-6 * time.tv_usec; }

void WriteCpu(JsonWriter& json, const uv_rusage_t& usage, double uptime_s) {
  const double user = Seconds(usage.ru_utime);
  const double kernel = Seconds(usage.ru_stime);
  json.Number("userCpuSeconds", user);
  json.Number("kernelCpuSeconds", kernel);
  json.Number("cpuConsumptionPercent", (user + kernel) / uptime_s * 100);
  json.Number("userCpuConsumptionPercent", user / uptime_s * 100);
  json.Number("kernelCpuConsumptionPercent", kernel / uptime_s * 100);
}

void WriteFsActivity(JsonWriter& json, const uv_rusage_t& usage) {
  json.BeginObject("fsActivity");
  json.Number("reads", usage.ru_inblock);
  json.Number("writes", usage.ru_oublock);
  json.EndObject();
}

void WriteLimit(JsonWriter& json, const char* key, rlim_t value) {
  if (value == RLIM_INFINITY) {
    json.String(key, "unlimited");
  } else {
    json.Number(key, static_cast<uint64_t>(value));
  }
}

}  // namespace

void WriteHeader(JsonWriter& json, const ReportSettings& settings, const ReportCause& cause) {
  json.BeginObject("header");
  json.Number("reportVersion", 5);
  json.String("event", cause.event);
  json.String("trigger", cause.trigger);
  cause.filename ? json.String("filename", *cause.filename) : json.Null("filename");
  WriteTime(json);
  json.Number("processId", getpid());
  cause.thread_id ? json.Number("threadId", *cause.thread_id) : json.Null("threadId");
  char cwd[4096];
  size_t size = sizeof(cwd);
  if (uv_cwd(cwd, &size) == 0) json.String("cwd", cwd);
  WriteCommandLine(json);
  WriteVersions(json);
  WriteMachine(json);
  WriteProcessors(json);
  if (!settings.exclude_network) WriteInterfaces(json);
  char host[UV_MAXHOSTNAMESIZE];
  size = sizeof(host);
  if (uv_os_gethostname(host, &size) == 0) json.String("host", host);
  json.EndObject();
}

void WriteNativeStack(JsonWriter& json) {
  void* frames[64];
  const int count = backtrace(frames, 64);
  json.BeginArray("nativeStack");
  for (int i = 1; i < count; i++) {
    Dl_info info = {};
    dladdr(frames[i], &info);
    json.BeginObject();
    json.String("pc", absl::StrFormat("0x%016x", reinterpret_cast<uintptr_t>(frames[i])));
    json.String("symbol", absl::StrCat(info.dli_sname == nullptr ? "" : info.dli_sname, " [",
                                       info.dli_fname == nullptr ? "" : info.dli_fname, "]"));
    json.EndObject();
  }
  json.EndArray();
}

void WriteResourceUsage(JsonWriter& json) {
  const double uptime_s = static_cast<double>(uv_hrtime() - GetProcessStart().start_ns) / 1e9;
  uv_rusage_t usage;
  size_t rss;
  json.BeginObject("resourceUsage");
  json.Number("free_memory", uv_get_free_memory());
  json.Number("total_memory", uv_get_total_memory());
  if (uv_resident_set_memory(&rss) == 0) json.Number("rss", rss);
  json.Number("constrained_memory", uv_get_constrained_memory());
  json.Number("available_memory", uv_get_available_memory());
  if (uv_getrusage(&usage) == 0) {
    WriteCpu(json, usage, uptime_s);
    json.Number("maxRss", usage.ru_maxrss * 1024);
    json.BeginObject("pageFaults");
    json.Number("IORequired", usage.ru_majflt);
    json.Number("IONotRequired", usage.ru_minflt);
    json.EndObject();
    WriteFsActivity(json, usage);
  }
  json.EndObject();
  if (uv_getrusage_thread(&usage) != 0) return;
  json.BeginObject("uvthreadResourceUsage");
  WriteCpu(json, usage, uptime_s);
  WriteFsActivity(json, usage);
  json.EndObject();
}

void WriteEnvironmentVariables(JsonWriter& json) {
  json.BeginObject("environmentVariables");
  for (char** entry = environ; *entry != nullptr; entry++) {
    std::string_view variable = *entry;
    const size_t equals = variable.find('=');
    if (equals == 0 || equals == std::string_view::npos) continue;
    json.String(variable.substr(0, equals), variable.substr(equals + 1));
  }
  json.EndObject();
}

void WriteUserLimits(JsonWriter& json) {
  static constexpr struct {
    const char* name;
    int resource;
  } kLimits[] = {
      {"core_file_size_blocks", RLIMIT_CORE}, {"data_seg_size_bytes", RLIMIT_DATA},
      {"file_size_blocks", RLIMIT_FSIZE},     {"max_locked_memory_bytes", RLIMIT_MEMLOCK},
      {"max_memory_size_bytes", RLIMIT_RSS},  {"open_files", RLIMIT_NOFILE},
      {"stack_size_bytes", RLIMIT_STACK},     {"cpu_time_seconds", RLIMIT_CPU},
      {"max_user_processes", RLIMIT_NPROC},   {"virtual_memory_bytes", RLIMIT_AS},
  };
  json.BeginObject("userLimits");
  for (const auto& [name, resource] : kLimits) {
    rlimit limit;
    if (getrlimit(resource, &limit) != 0) continue;
    json.BeginObject(name);
    WriteLimit(json, "soft", limit.rlim_cur);
    WriteLimit(json, "hard", limit.rlim_max);
    json.EndObject();
  }
  json.EndObject();
}

void WriteSharedObjects(JsonWriter& json) {
  json.BeginArray("sharedObjects");
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* data) {
        if (*info->dlpi_name != '\0') static_cast<JsonWriter*>(data)->String("", info->dlpi_name);
        return 0;
      },
      &json);
  json.EndArray();
}

}  // namespace gyre
