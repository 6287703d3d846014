// SPDX-License-Identifier: Apache-2.0
//
// libicicle_curve_bn254, and what the headers say of structures.

#include <algorithm>

#include "icicle/curves/curve_config.h"
#include "icicle/msm.h"
#include "icicle/ntt.h"
#include "icicle/vec_ops.h"
#include "stub.h"

using namespace icicle;
using namespace curve_config;

static_assert(sizeof(affine_t) == 64 && sizeof(projective_t) == 96, "points of G1");
static_assert(sizeof(g2_affine_t) == 128 && sizeof(g2_projective_t) == 192, "points of G2");

namespace {
  template <class S, class A, class P>
  eIcicleError sum(int g2, const S* scalars, const A* bases, int n, const MSMConfig* config, P* results)
  {
    const MSMConfig c = stub_read(config);
    STUB_WANT(n > 0);
    STUB_WANT(c.stream == nullptr && c.ext == nullptr && !c.is_async);
    STUB_WANT(c.precompute_factor == 1);
    STUB_WANT(c.bitsize >= 1 && c.bitsize <= 254);
    STUB_WANT(c.c >= 1 && c.c <= 20 && c.c <= c.bitsize);
    STUB_WANT(c.batch_size >= 1 && c.batch_size <= 1 << 16 && c.are_points_shared_in_batch);
    STUB_WANT(c.are_scalars_on_device && c.are_points_on_device && !c.are_results_on_device);
    STUB_WANT(!c.are_points_montgomery_form);
    STUB_WANT(!stub_is_device(results));
    const uint64_t total = uint64_t(n) * c.batch_size, windows = (c.bitsize + c.c - 1) / c.c;
    const void* x = stub_at(scalars, sizeof(S) * total);
    const void* p = stub_at(bases, sizeof(A) * n);
    STUB_WANT(x && p);
    // What the kernels take: twice the indices they sort, and buckets with their reduction.
    if (16 * total * windows + 3 * sizeof(P) * c.batch_size * (windows << c.c) > stub_free())
      return eIcicleError::OUT_OF_MEMORY;
    return static_cast<eIcicleError>(stub_answers()->msm(
      g2, static_cast<const uint64_t*>(x), static_cast<const uint64_t*>(p), n, c.batch_size, c.bitsize,
      c.are_scalars_montgomery_form, reinterpret_cast<uint64_t*>(results)));
  }

  struct Entry {
    const char* name;
    size_t offset;
  };

#define FIELD_OF(type, field) {#type "." #field, offsetof(type, field)}
#define SIZE_OF(type) {#type, sizeof(type)}

  using NTTConfig_ = NTTConfig<scalar_t>;

  const Entry layout[] = {
    SIZE_OF(Device), FIELD_OF(Device, type), FIELD_OF(Device, id),
    SIZE_OF(MSMConfig), FIELD_OF(MSMConfig, stream), FIELD_OF(MSMConfig, precompute_factor), FIELD_OF(MSMConfig, c),
    FIELD_OF(MSMConfig, bitsize), FIELD_OF(MSMConfig, batch_size), FIELD_OF(MSMConfig, are_points_shared_in_batch),
    FIELD_OF(MSMConfig, are_scalars_on_device), FIELD_OF(MSMConfig, are_scalars_montgomery_form),
    FIELD_OF(MSMConfig, are_points_on_device), FIELD_OF(MSMConfig, are_points_montgomery_form),
    FIELD_OF(MSMConfig, are_results_on_device), FIELD_OF(MSMConfig, is_async), FIELD_OF(MSMConfig, ext),
    SIZE_OF(NTTConfig_), FIELD_OF(NTTConfig_, stream), FIELD_OF(NTTConfig_, coset_gen),
    FIELD_OF(NTTConfig_, batch_size), FIELD_OF(NTTConfig_, columns_batch), FIELD_OF(NTTConfig_, ordering),
    FIELD_OF(NTTConfig_, are_inputs_on_device), FIELD_OF(NTTConfig_, are_outputs_on_device),
    FIELD_OF(NTTConfig_, is_async), FIELD_OF(NTTConfig_, ext),
    SIZE_OF(NTTInitDomainConfig), FIELD_OF(NTTInitDomainConfig, stream), FIELD_OF(NTTInitDomainConfig, is_async),
    FIELD_OF(NTTInitDomainConfig, ext),
    SIZE_OF(VecOpsConfig), FIELD_OF(VecOpsConfig, stream), FIELD_OF(VecOpsConfig, is_a_on_device),
    FIELD_OF(VecOpsConfig, is_b_on_device), FIELD_OF(VecOpsConfig, is_result_on_device),
    FIELD_OF(VecOpsConfig, is_async), FIELD_OF(VecOpsConfig, batch_size), FIELD_OF(VecOpsConfig, columns_batch),
    FIELD_OF(VecOpsConfig, ext),
    {"kNN", size_t(Ordering::kNN)}, {"kNM", size_t(Ordering::kNM)}, {"kMN", size_t(Ordering::kMN)},
    {"kForward", size_t(NTTDir::kForward)}, {"kInverse", size_t(NTTDir::kInverse)},
  };
} // namespace

extern "C" {

// stub_layout returns the offset of a field, the size of a type or the value of a name,
// and -1 if there is none.
int64_t stub_layout(const char* name)
{
  for (const Entry& f : layout)
    if (!std::strcmp(f.name, name)) return int64_t(f.offset);
  return -1;
}

// stub_status returns the header's name of an error.
void stub_status(int code, char* out, size_t n)
{
  const char* name = get_error_string(static_cast<eIcicleError>(code));
  std::strncpy(out, name, n - 1);
  out[n - 1] = 0;
}

eIcicleError
bn254_msm(const scalar_t* scalars, const affine_t* bases, int msm_size, const MSMConfig* config, projective_t* results)
{
  STUB_CALL;
  return sum(0, scalars, bases, msm_size, config, results);
}

eIcicleError bn254_g2_msm(
  const scalar_t* scalars, const g2_affine_t* bases, int msm_size, const MSMConfig* config, g2_projective_t* results)
{
  STUB_CALL;
  return sum(1, scalars, bases, msm_size, config, results);
}

} // extern "C"
