// SPDX-License-Identifier: Apache-2.0
//
// libicicle_field_bn254.

#include <map>

#include "icicle/fields/field_config.h"
#include "icicle/ntt.h"
#include "icicle/vec_ops.h"
#include "stub.h"

using namespace icicle;
using field_config::scalar_t;

static_assert(sizeof(scalar_t) == 32, "scalars are four limbs");

namespace {
  std::map<int, int> domains; // by device, the logarithm of the order of the root

  const uint64_t* limbs(const void* p) { return static_cast<const uint64_t*>(p); }
  uint64_t* limbs(void* p) { return static_cast<uint64_t*>(p); }

  // operand returns the bytes of an operand that is on the device or not.
  const uint64_t* operand(const scalar_t* p, bool on_device, uint64_t n)
  {
    if (on_device) return limbs(stub_at(p, 32 * n));
    return stub_is_device(p) ? nullptr : limbs(p);
  }

  eIcicleError
  vector_op(char op, const scalar_t* a, const scalar_t* b, uint64_t n, const VecOpsConfig* config, scalar_t* output)
  {
    const VecOpsConfig c = stub_read(config);
    STUB_WANT(n > 0);
    STUB_WANT(c.stream == nullptr && c.ext == nullptr && !c.is_async);
    STUB_WANT(c.batch_size == 1 && !c.columns_batch);
    STUB_WANT(c.is_result_on_device);
    STUB_WANT(op == 's' ? !c.is_a_on_device : c.is_a_on_device);
    const uint64_t* x = operand(a, c.is_a_on_device, op == 's' ? 1 : n);
    const uint64_t* y = b ? operand(b, c.is_b_on_device, n) : x;
    uint64_t* out = limbs(stub_at(output, 32 * n));
    STUB_WANT(x && y && out);
    return static_cast<eIcicleError>(stub_answers()->vec(op, x, y, n, out));
  }
} // namespace

extern "C" {

// The test may forget domains, which ICICLE never does.
void stub_forget_domain() { domains.clear(); }
int stub_domain() { return domains.empty() ? -1 : domains.begin()->second; }

eIcicleError bn254_ntt_init_domain(const scalar_t* primitive_root, const NTTInitDomainConfig* config)
{
  STUB_CALL;
  const NTTInitDomainConfig c = stub_read(config);
  STUB_WANT(c.stream == nullptr && c.ext == nullptr && !c.is_async);
  STUB_WANT(!domains.count(stub_device()));
  const int order = stub_answers()->root(limbs(primitive_root));
  STUB_WANT(order >= 0);
  domains[stub_device()] = order;
  return eIcicleError::SUCCESS;
}

eIcicleError
bn254_ntt(const scalar_t* input, int size, NTTDir dir, const NTTConfig<scalar_t>* config, scalar_t* output)
{
  STUB_CALL;
  const NTTConfig<scalar_t> c = stub_read(config);
  STUB_WANT(domains.count(stub_device()));
  STUB_WANT(size > 0 && size <= 1LL << domains[stub_device()] && (size & (size - 1)) == 0);
  STUB_WANT(dir == NTTDir::kForward || dir == NTTDir::kInverse);
  STUB_WANT(c.stream == nullptr && c.ext == nullptr && !c.is_async);
  STUB_WANT(c.batch_size == 1 && !c.columns_batch);
  STUB_WANT(c.ordering == Ordering::kNN || c.ordering == Ordering::kNM || c.ordering == Ordering::kMN);
  STUB_WANT(c.are_inputs_on_device && c.are_outputs_on_device);
  const uint64_t* in = limbs(stub_at(input, 32 * uint64_t(size)));
  uint64_t* out = limbs(stub_at(output, 32 * uint64_t(size)));
  STUB_WANT(in && out);
  return static_cast<eIcicleError>(stub_answers()->ntt(
    in, size, dir == NTTDir::kInverse, static_cast<int>(c.ordering), limbs(&c.coset_gen), out));
}

eIcicleError bn254_vector_add(
  const scalar_t* vec_a, const scalar_t* vec_b, uint64_t size, const VecOpsConfig* config, scalar_t* output)
{
  STUB_CALL;
  return vector_op('+', vec_a, vec_b, size, config, output);
}

eIcicleError bn254_vector_sub(
  const scalar_t* vec_a, const scalar_t* vec_b, uint64_t size, const VecOpsConfig* config, scalar_t* output)
{
  STUB_CALL;
  return vector_op('-', vec_a, vec_b, size, config, output);
}

eIcicleError bn254_vector_mul(
  const scalar_t* vec_a, const scalar_t* vec_b, uint64_t size, const VecOpsConfig* config, scalar_t* output)
{
  STUB_CALL;
  return vector_op('*', vec_a, vec_b, size, config, output);
}

#ifndef WITHOUT_SCALAR_MUL
eIcicleError bn254_scalar_mul_vec(
  const scalar_t* scalar_a, const scalar_t* vec_b, uint64_t size, const VecOpsConfig* config, scalar_t* output)
{
  STUB_CALL;
  return vector_op('s', scalar_a, vec_b, size, config, output);
}
#endif

eIcicleError bn254_scalar_convert_montgomery(
  const scalar_t* input, uint64_t size, bool is_to_montgomery, const VecOpsConfig* config, scalar_t* output)
{
  STUB_CALL;
  return vector_op(is_to_montgomery ? 'i' : 'o', input, nullptr, size, config, output);
}

} // extern "C"
