// SPDX-License-Identifier: Apache-2.0
//
// What the three stub libraries share: libraries with ICICLE's functions, compiled against
// its own headers, for tests on machines without a device. They check what they are asked
// and let the test compute the answers.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "icicle/errors.h"

// The test's functions. Numbers are limbs in little-endian order; results are 0 or an
// eIcicleError. Operations are named by the letters + - * s (scalar) i (into Montgomery
// form) o (out of it).
struct StubAnswers {
  int (*msm)(int g2, const uint64_t* scalars, const uint64_t* points, int n, int batch, int bits, int montgomery, uint64_t* out);
  int (*ntt)(const uint64_t* in, int n, int inverse, int ordering, const uint64_t* coset, uint64_t* out);
  int (*vec)(int op, const uint64_t* a, const uint64_t* b, uint64_t n, uint64_t* out);
  int (*root)(const uint64_t* root);
};

extern "C" StubAnswers* stub_answers();

// stub_enter begins a function. It returns a failure that the test planted, that no device
// is chosen in this thread, or that another call is under way.
extern "C" icicle::eIcicleError stub_enter(const char* function);
extern "C" void stub_leave();

// stub_at returns the bytes at an address of the device, or null if one of them is not in
// an allocation.
extern "C" void* stub_at(const void* device, size_t bytes);

// stub_is_device says whether an address is one that only a device has.
extern "C" bool stub_is_device(const void* p);

// stub_free is how much memory the device has left.
extern "C" uint64_t stub_free();

// stub_device is the number of the device of the thread.
extern "C" int stub_device();

// stub_refuse notes why a call is refused.
extern "C" icicle::eIcicleError stub_refuse(const char* why);

// stub_shift is by how many bytes structures are read at the wrong place.
extern "C" int stub_shift();

template <class C>
C stub_read(const C* c)
{
  C out;
  std::memcpy(static_cast<void*>(&out), reinterpret_cast<const char*>(c) + stub_shift(), sizeof(C));
  return out;
}

struct StubCall {
  icicle::eIcicleError failure;
  explicit StubCall(const char* function) : failure(stub_enter(function)) {}
  ~StubCall() { stub_leave(); }
};

#define STUB_CALL                                                                                                      \
  StubCall stub_call(__func__);                                                                                        \
  if (stub_call.failure != eIcicleError::SUCCESS) return stub_call.failure

#define STUB_WANT(condition)                                                                                           \
  if (!(condition)) return stub_refuse(#condition)
