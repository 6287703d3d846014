// SPDX-License-Identifier: Apache-2.0
//
// libicicle_device: memory that is not at the addresses it claims to be at, so that it is
// of no use to anyone but the device.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <sys/stat.h>

#include "icicle/runtime.h"
#include "stub.h"

namespace {
  constexpr uintptr_t offset = uintptr_t(1) << 56;

  std::map<uintptr_t, size_t> allocations; // by claimed address
  uint64_t total = 0, held = 0;            // total 0: the device does not tell
  std::string backend, failing, reason;
  eIcicleError failure = eIcicleError::SUCCESS;
  int failing_after = 0, shift = 0, devices = 2;
  std::map<std::string, int> calls;
  std::atomic<int> busy{0};
  thread_local Device current{"", -1};
  StubAnswers answers{};

  bool registered(const char* type)
  {
    struct stat s;
    if (!std::strcmp(type, "CPU")) return true;
    return !std::strcmp(type, "CUDA") && !stat((backend + "/cuda").c_str(), &s) && S_ISDIR(s.st_mode);
  }
} // namespace

extern "C" {

StubAnswers* stub_answers() { return &answers; }
bool stub_is_device(const void* p) { return reinterpret_cast<uintptr_t>(p) >= offset; }
uint64_t stub_free() { return total ? total - held : UINT64_MAX; }
int stub_shift() { return shift; }
int stub_device() { return current.id; }

void* stub_at(const void* device, size_t bytes)
{
  const uintptr_t p = reinterpret_cast<uintptr_t>(device);
  auto it = allocations.upper_bound(p);
  if (it == allocations.begin()) return nullptr;
  --it;
  if (bytes > it->second || p - it->first > it->second - bytes) return nullptr;
  return reinterpret_cast<void*>(p - offset);
}

eIcicleError stub_refuse(const char* why)
{
  reason = why;
  return eIcicleError::INVALID_ARGUMENT;
}

eIcicleError stub_enter(const char* function)
{
  calls[function]++;
  if (busy++) {
    reason = "two calls at once";
    return eIcicleError::UNKNOWN_ERROR;
  }
  if (current.id < 0) {
    reason = "no device in this thread";
    return eIcicleError::INVALID_DEVICE;
  }
  if (failing == function && failing_after-- == 0) return failure;
  return eIcicleError::SUCCESS;
}

void stub_leave() { busy--; }

// What follows is for the test.

void stub_set_answers(void* msm, void* ntt, void* vec, void* root)
{
  answers = {
    reinterpret_cast<decltype(answers.msm)>(msm), reinterpret_cast<decltype(answers.ntt)>(ntt),
    reinterpret_cast<decltype(answers.vec)>(vec), reinterpret_cast<decltype(answers.root)>(root)};
}

void stub_set_memory(uint64_t bytes) { total = bytes; }
void stub_set_shift(int bytes) { shift = bytes; }
void stub_set_devices(int n) { devices = n; }
uint64_t stub_held() { return held; }
int stub_calls(const char* function) { return calls[function]; }

// All that icicle_free failed to free.
void stub_free_all()
{
  for (auto& a : allocations)
    std::free(reinterpret_cast<void*>(a.first - offset));
  allocations.clear();
  held = 0;
}

// The call of a function after some others returns an error.
void stub_fail(const char* function, int code, int after)
{
  failing = function;
  failure = static_cast<eIcicleError>(code);
  failing_after = after;
}

void stub_reason(char* out, size_t n) { std::snprintf(out, n, "%s", reason.c_str()); }

#ifdef OPEN_ICICLE
eIcicleError icicle_set_default_device(const Device&) { return eIcicleError::SUCCESS; }
#endif

} // extern "C"

eIcicleError icicle_load_backend(const char* path, bool is_recursive)
{
  if (!is_recursive) return stub_refuse("is_recursive");
  backend = path;
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_is_device_available(const Device& dev)
{
  return registered(dev.type) ? eIcicleError::SUCCESS : eIcicleError::INVALID_DEVICE;
}

eIcicleError icicle_set_device(const Device& device)
{
  if (!registered(device.type)) {
    std::fprintf(stderr, "icicle_set_device of a type that is not registered: %s\n", device.type);
    std::abort(); // as ICICLE does
  }
  if (device.id < 0 || device.id >= devices) return eIcicleError::INVALID_DEVICE;
  current = device;
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_get_registered_devices(char* output, size_t output_size)
{
  std::snprintf(output, output_size, registered("CUDA") ? "CPU,CUDA" : "CPU");
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_malloc(void** ptr, size_t size)
{
  STUB_CALL;
  STUB_WANT(size > 0);
  if (size > stub_free()) return eIcicleError::ALLOCATION_FAILED;
  const uintptr_t p = reinterpret_cast<uintptr_t>(std::malloc(size)) + offset;
  allocations[p] = size;
  held += size;
  *ptr = reinterpret_cast<void*>(p);
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_free(void* ptr)
{
  STUB_CALL;
  auto it = allocations.find(reinterpret_cast<uintptr_t>(ptr));
  if (it == allocations.end()) return eIcicleError::INVALID_POINTER;
  held -= it->second;
  std::free(reinterpret_cast<void*>(it->first - offset));
  allocations.erase(it);
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_get_available_memory(size_t& all, size_t& free)
{
  STUB_CALL;
  if (!total) return eIcicleError::API_NOT_IMPLEMENTED;
  all = total;
  free = stub_free();
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_copy_to_host(void* dst, const void* src, size_t size)
{
  STUB_CALL;
  const void* from = stub_at(src, size);
  STUB_WANT(from && !stub_is_device(dst));
  std::memcpy(dst, from, size);
  return eIcicleError::SUCCESS;
}

eIcicleError icicle_copy_to_device(void* dst, const void* src, size_t size)
{
  STUB_CALL;
  void* to = stub_at(dst, size);
  STUB_WANT(to && !stub_is_device(src));
  std::memcpy(to, src, size);
  return eIcicleError::SUCCESS;
}
