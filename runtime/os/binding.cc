#include "runtime/os/binding.h"

#include <endian.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "uv.h"

namespace gyre {
namespace {

// Calls a libuv function that fills a buffer and says how large it should have been.
template <class Call>
absl::StatusOr<std::string> GrowingString(const char* syscall, Call call) {
  std::string result(256, '\0');
  while (true) {
    size_t size = result.size();
    int error = call(result.data(), &size);
    if (error == UV_ENOBUFS) {
      result.resize(size);
      continue;
    }
    if (error != 0) return SystemError(error, syscall);
    result.resize(size);
    return result;
  }
}

absl::StatusOr<std::string> Hostname() {
  return GrowingString("uv_os_gethostname", uv_os_gethostname);
}

absl::StatusOr<std::string> HomeDirectory() {
  return GrowingString("uv_os_homedir", uv_os_homedir);
}

// [sysname, version, release, machine]
absl::StatusOr<std::vector<std::string>> Uname() {
  uv_utsname_t info;
  int error = uv_os_uname(&info);
  if (error != 0) return SystemError(error, "uv_os_uname");
  return std::vector<std::string>{info.sysname, info.version, info.release, info.machine};
}

absl::StatusOr<double> Uptime() {
  double seconds;
  int error = uv_uptime(&seconds);
  if (error != 0) return SystemError(error, "uv_uptime");
  return seconds;
}

std::vector<double> LoadAverage() {
  std::vector<double> loads(3);
  uv_loadavg(loads.data());
  return loads;
}

uint64_t TotalMemory() { return uv_get_total_memory(); }
uint64_t FreeMemory() { return uv_get_free_memory(); }
uint32_t AvailableParallelism() { return uv_available_parallelism(); }
bool IsBigEndian() { return __BYTE_ORDER == __BIG_ENDIAN; }

// Seven values per processor, one flat array: model, speed, user, nice, sys, idle, irq.
absl::StatusOr<v8::Local<v8::Array>> Cpus(Environment& env) {
  uv_cpu_info_t* cpus;
  int count;
  int error = uv_cpu_info(&cpus, &count);
  if (error != 0) return SystemError(error, "uv_cpu_info");
  std::vector<v8::Local<v8::Value>> values;
  values.reserve(count * 7);
  for (const uv_cpu_info_t* cpu = cpus; cpu != cpus + count; cpu++) {
    values.push_back(ToV8(env, cpu->model));
    values.push_back(ToV8(env, cpu->speed));
    for (uint64_t time : {cpu->cpu_times.user, cpu->cpu_times.nice, cpu->cpu_times.sys,
                          cpu->cpu_times.idle, cpu->cpu_times.irq}) {
      values.push_back(ToV8(env, time));
    }
  }
  uv_free_cpu_info(cpus, count);
  return v8::Array::New(env.isolate(), values.data(), values.size());
}

std::string MacAddress(const char (&bytes)[6]) {
  std::string text;
  for (char byte : bytes) {
    absl::StrAppend(&text, text.empty() ? "" : ":",
                    absl::Hex(static_cast<uint8_t>(byte), absl::kZeroPad2));
  }
  return text;
}

// Seven values per address, one flat array: interface, address, netmask, family, mac, internal,
// scope (-1: none).
absl::StatusOr<v8::Local<v8::Array>> InterfaceAddresses(Environment& env) {
  uv_interface_address_t* interfaces;
  int count;
  int error = uv_interface_addresses(&interfaces, &count);
  // Without the rights to ask, or without a network stack, there are none.
  if (error == UV_ENOSYS) return v8::Array::New(env.isolate());
  if (error != 0) return SystemError(error, "uv_interface_addresses");
  std::vector<v8::Local<v8::Value>> values;
  for (const uv_interface_address_t* it = interfaces; it != interfaces + count; it++) {
    const bool ipv6 = it->address.address4.sin_family == AF_INET6;
    char address[INET6_ADDRSTRLEN];
    char netmask[INET6_ADDRSTRLEN];
    if (ipv6) {
      uv_ip6_name(&it->address.address6, address, sizeof(address));
      uv_ip6_name(&it->netmask.netmask6, netmask, sizeof(netmask));
    } else {
      uv_ip4_name(&it->address.address4, address, sizeof(address));
      uv_ip4_name(&it->netmask.netmask4, netmask, sizeof(netmask));
    }
    const int32_t scope = ipv6 ? static_cast<int32_t>(it->address.address6.sin6_scope_id) : -1;
    values.insert(values.end(),
                  {ToV8(env, it->name), ToV8(env, address), ToV8(env, netmask),
                   ToV8(env, ipv6 ? "IPv6" : "IPv4"), ToV8(env, MacAddress(it->phys_addr)),
                   ToV8(env, it->is_internal != 0), ToV8(env, scope)});
  }
  uv_free_interface_addresses(interfaces, count);
  return v8::Array::New(env.isolate(), values.data(), values.size());
}

// [uid, gid, username, homedir, shell]; the strings as bytes when asked for.
absl::StatusOr<v8::Local<v8::Array>> UserInfo(Environment& env, bool bytes) {
  uv_passwd_t user;
  int error = uv_os_get_passwd(&user);
  if (error != 0) return SystemError(error, "uv_os_get_passwd");
  auto text = [&](const char* value) -> v8::Local<v8::Value> {
    if (value == nullptr) return v8::Null(env.isolate());
    if (!bytes) return ToV8(env, value);
    std::string_view view(value);
    return CopyToUint8Array(env,
                            std::span(reinterpret_cast<const uint8_t*>(view.data()), view.size()));
  };
  v8::Local<v8::Value> values[] = {ToV8(env, static_cast<double>(user.uid)),
                                   ToV8(env, static_cast<double>(user.gid)), text(user.username),
                                   text(user.homedir), text(user.shell)};
  uv_os_free_passwd(&user);
  return v8::Array::New(env.isolate(), values, std::size(values));
}

absl::StatusOr<int32_t> GetPriority(int32_t pid) {
  int priority;
  int error = uv_os_getpriority(pid, &priority);
  if (error != 0) return SystemError(error, "uv_os_getpriority");
  return priority;
}

absl::Status SetPriority(int32_t pid, int32_t priority) {
  int error = uv_os_setpriority(pid, priority);
  return error == 0 ? absl::OkStatus() : SystemError(error, "uv_os_setpriority");
}

}  // namespace

void InitOs(BindingBuilder& b) {
  b.Function<AvailableParallelism>("availableParallelism");
  b.Function<Cpus>("cpus");
  b.Function<FreeMemory>("freeMemory");
  b.Function<GetPriority>("getPriority");
  b.Function<HomeDirectory>("homeDirectory");
  b.Function<Hostname>("hostname");
  b.Function<InterfaceAddresses>("interfaceAddresses");
  b.Function<IsBigEndian>("isBigEndian");
  b.Function<LoadAverage>("loadAverage");
  b.Function<SetPriority>("setPriority");
  b.Function<TotalMemory>("totalMemory");
  b.Function<Uname>("uname");
  b.Function<Uptime>("uptime");
  b.Function<UserInfo>("userInfo");
  b.Object("constants", AddOsConstants);
}

}  // namespace gyre
