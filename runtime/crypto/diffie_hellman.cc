// DH is the API of OpenSSL whose checks (verifyError, the secret 0 or 1) Node shows; the newer one
// hides them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "runtime/crypto/diffie_hellman.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "openssl/dh.h"
#include "openssl/ec.h"
#include "openssl/err.h"
#include "openssl/objects.h"
#include "runtime/crypto/job.h"
#include "runtime/crypto/openssl.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"

namespace gyre {
namespace {

using DhPointer = OpenSslPointer<DH, DH_free>;
using EcGroup = OpenSslPointer<EC_GROUP, EC_GROUP_free>;
using EcPoint = OpenSslPointer<EC_POINT, EC_POINT_free>;

BIGNUM* ToBignum(std::string_view bytes) {
  return BN_bin2bn(UnsignedData(bytes), static_cast<int>(bytes.size()), nullptr);
}

v8::Local<v8::Value> FromBignum(Environment& env, const BIGNUM* number) {
  if (number == nullptr) return v8::Undefined(env.isolate());
  return CopyToArrayBuffer(env.isolate(), BignumBytes(number));
}

// The primes of RFC 2409 and 3526: undefined for an unknown name.
v8::Local<v8::Value> GroupPrime(Environment& env, std::string name) {
  struct Group {
    const char* name;
    BIGNUM* (*prime)(BIGNUM*);
  };
  constexpr Group kGroups[] = {
      {"modp1", BN_get_rfc2409_prime_768},   {"modp2", BN_get_rfc2409_prime_1024},
      {"modp5", BN_get_rfc3526_prime_1536},  {"modp14", BN_get_rfc3526_prime_2048},
      {"modp15", BN_get_rfc3526_prime_3072}, {"modp16", BN_get_rfc3526_prime_4096},
      {"modp17", BN_get_rfc3526_prime_6144}, {"modp18", BN_get_rfc3526_prime_8192}};
  for (const Group& group : kGroups) {
    if (name != group.name) continue;
    const BignumPointer prime(group.prime(nullptr));
    return FromBignum(env, prime.get());
  }
  return v8::Undefined(env.isolate());
}

// JS: new DiffieHellman(sizeOrPrime, generator): the size of a prime to be made, or the prime.
class DiffieHellman final : public Collected {
 public:
  DiffieHellman(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> size_or_prime,
                v8::Local<v8::Value> generator)
      : Collected(env, self), dh_(DH_new()) {
    ERR_clear_error();
    valid_ = size_or_prime->IsNumber() ? MakePrime(size_or_prime, generator)
                                       : UsePrime(size_or_prime, generator);
    errors_ = TakeOpenSslErrors();
  }

  v8::Local<v8::Value> error() {
    if (valid_) return v8::Undefined(isolate());
    return OpenSslError(env(), errors_, "Invalid DH parameters");
  }

  int32_t VerifyError() {
    int codes = 0;
    if (DH_check(dh_.get(), &codes) != 1) codes = 0;
    ERR_clear_error();
    return codes;
  }

  v8::MaybeLocal<v8::Value> GenerateKeys() {
    ERR_clear_error();
    if (DH_generate_key(dh_.get()) == 1) return PublicKey();
    ThrowOpenSslError(env(), "Key generation failed");
    return {};
  }

  // The secret; or why there is none: 1 the key is too small, 2 too large, 3 invalid.
  v8::MaybeLocal<v8::Value> ComputeSecret(Bytes peer) {
    ERR_clear_error();
    const BignumPointer key(ToBignum(peer.view()));
    int codes = 0;
    const bool checked = key != nullptr && DH_check_pub_key(dh_.get(), key.get(), &codes) == 1;
    ERR_clear_error();
    if (!checked) return ToV8(env(), 3);
    if ((codes & DH_CHECK_PUBKEY_TOO_SMALL) != 0) return ToV8(env(), 1);
    if ((codes & DH_CHECK_PUBKEY_TOO_LARGE) != 0) return ToV8(env(), 2);
    std::string secret(DH_size(dh_.get()), '\0');
    const int size = DH_compute_key_padded(UnsignedData(secret), key.get(), dh_.get());
    ERR_clear_error();
    if (size < 0) return ToV8(env(), 3);
    return CopyToArrayBuffer(isolate(), secret);
  }

  v8::Local<v8::Value> Prime() { return FromBignum(env(), DH_get0_p(dh_.get())); }
  v8::Local<v8::Value> Generator() { return FromBignum(env(), DH_get0_g(dh_.get())); }
  v8::Local<v8::Value> PublicKey() { return FromBignum(env(), DH_get0_pub_key(dh_.get())); }
  v8::Local<v8::Value> PrivateKey() { return FromBignum(env(), DH_get0_priv_key(dh_.get())); }
  void SetPublicKey(Bytes key) { DH_set0_key(dh_.get(), ToBignum(key.view()), nullptr); }
  void SetPrivateKey(Bytes key) { DH_set0_key(dh_.get(), nullptr, ToBignum(key.view())); }

 private:
  bool MakePrime(v8::Local<v8::Value> size, v8::Local<v8::Value> generator) {
    const auto bits = FromV8<int32_t>(env(), size);
    if (bits < 2) {
      ERR_raise(ERR_LIB_DH, DH_R_MODULUS_TOO_SMALL);
      return false;
    }
    if (!generator->IsNumber()) {
      ERR_raise(ERR_LIB_DH, DH_R_BAD_GENERATOR);
      return false;
    }
    return DH_generate_parameters_ex(dh_.get(), bits, FromV8<int32_t>(env(), generator), nullptr) ==
           1;
  }

  bool UsePrime(v8::Local<v8::Value> prime, v8::Local<v8::Value> generator) {
    BignumPointer p(ToBignum(FromV8<Bytes>(env(), prime).view()));
    BignumPointer g;
    bool is_too_large = false;
    if (generator->IsNumber()) {
      const auto number = FromV8<int32_t>(env(), generator);
      g.reset(BN_new());
      if (number > 0) BN_set_word(g.get(), number);
    } else {
      g.reset(ToBignum(FromV8<Bytes>(env(), generator).view()));
      is_too_large = BN_cmp(g.get(), p.get()) >= 0;
    }
    if (BN_is_zero(g.get()) || BN_is_one(g.get()) || is_too_large) {
      ERR_raise(ERR_LIB_DH, DH_R_BAD_GENERATOR);
      return false;
    }
    return DH_set0_pqg(dh_.get(), p.release(), nullptr, g.release()) == 1;
  }

  const DhPointer dh_;
  bool valid_ = false;
  std::vector<unsigned long> errors_;  // NOLINT(runtime/int)
};

EcGroup GroupByName(const std::string& curve) {
  const int nid = OBJ_sn2nid(curve.c_str());
  return EcGroup(nid == NID_undef ? nullptr : EC_GROUP_new_by_curve_name(nid));
}

EcPoint ReadPoint(const EC_GROUP* group, std::string_view bytes) {
  EcPoint point(EC_POINT_new(group));
  if (EC_POINT_oct2point(group, point.get(), UnsignedData(bytes), bytes.size(), nullptr) != 1)
    point.reset();
  return point;
}

std::string WritePoint(const EC_GROUP* group, const EC_POINT* point, int32_t form) {
  const auto conversion = static_cast<point_conversion_form_t>(form);
  std::string bytes(EC_POINT_point2oct(group, point, conversion, nullptr, 0, nullptr), '\0');
  EC_POINT_point2oct(group, point, conversion, UnsignedData(bytes), bytes.size(), nullptr);
  return bytes;
}

// Another form of a public key; undefined when it is none of this curve, null for an unknown curve.
v8::Local<v8::Value> ConvertPoint(Environment& env, std::string curve, Bytes key, int32_t form) {
  const EcGroup group = GroupByName(curve);
  if (group == nullptr) return v8::Null(env.isolate());
  const EcPoint point = ReadPoint(group.get(), key.view());
  ERR_clear_error();
  if (point == nullptr) return v8::Undefined(env.isolate());
  return CopyToArrayBuffer(env.isolate(), WritePoint(group.get(), point.get(), form));
}

// JS: new ECDH(curve)
class Ecdh final : public Collected {
 public:
  Ecdh(Environment& env, v8::Local<v8::Object> self, std::string curve)
      : Collected(env, self), group_(GroupByName(curve)) {
    ERR_clear_error();
  }

  bool valid() { return group_ != nullptr; }

  bool GenerateKeys() {
    BignumPointer key(BN_new());
    do {
      if (BN_priv_rand_range(key.get(), order()) != 1) return false;
    } while (BN_is_zero(key.get()));
    return Adopt(std::move(key));
  }

  bool SetPrivateKey(Bytes bytes) {
    BignumPointer key(ToBignum(bytes.view()));
    if (BN_is_zero(key.get()) || BN_cmp(key.get(), order()) >= 0) return false;
    return Adopt(std::move(key));
  }

  bool SetPublicKey(Bytes bytes) {
    EcPoint point = ReadPoint(group_.get(), bytes.view());
    ERR_clear_error();
    if (point == nullptr) return false;
    public_ = std::move(point);
    return true;
  }

  v8::Local<v8::Value> PrivateKey() {
    if (private_ == nullptr) return v8::Undefined(isolate());
    return CopyToArrayBuffer(isolate(), BignumBytes(private_.get(), BN_num_bytes(order())));
  }

  v8::Local<v8::Value> PublicKey(int32_t form) {
    if (public_ == nullptr) return v8::Undefined(isolate());
    return CopyToArrayBuffer(isolate(), WritePoint(group_.get(), public_.get(), form));
  }

  // Undefined for a peer's key that is not on the curve, null when this side's keys do not match.
  v8::Local<v8::Value> ComputeSecret(Bytes peer) {
    if (private_ == nullptr || !Matches()) return v8::Null(isolate());
    const EcPoint other = ReadPoint(group_.get(), peer.view());
    ERR_clear_error();
    if (other == nullptr) return v8::Undefined(isolate());
    const EcPoint product(EC_POINT_new(group_.get()));
    const BignumPointer x(BN_new());
    if (EC_POINT_mul(group_.get(), product.get(), nullptr, other.get(), private_.get(), nullptr) !=
            1 ||
        EC_POINT_get_affine_coordinates(group_.get(), product.get(), x.get(), nullptr, nullptr) !=
            1) {
      ERR_clear_error();
      return v8::Undefined(isolate());
    }
    const size_t size = (EC_GROUP_get_degree(group_.get()) + 7) / 8;
    return CopyToArrayBuffer(isolate(), BignumBytes(x.get(), size));
  }

 private:
  const BIGNUM* order() const { return EC_GROUP_get0_order(group_.get()); }

  EcPoint PointOf(const BIGNUM* key) const {
    EcPoint point(EC_POINT_new(group_.get()));
    if (EC_POINT_mul(group_.get(), point.get(), key, nullptr, nullptr, nullptr) != 1) point.reset();
    return point;
  }

  bool Adopt(BignumPointer key) {
    EcPoint point = PointOf(key.get());
    if (point == nullptr) return false;
    private_ = std::move(key);
    public_ = std::move(point);
    return true;
  }

  bool Matches() const {
    const EcPoint point = PointOf(private_.get());
    return point != nullptr && public_ != nullptr &&
           EC_POINT_cmp(group_.get(), point.get(), public_.get(), nullptr) == 0;
  }

  const EcGroup group_;
  BignumPointer private_;
  EcPoint public_;
};

v8::MaybeLocal<v8::Value> GeneratePrime(Environment& env, int32_t bits, bool safe,
                                        std::optional<Bytes> add, std::optional<Bytes> rem,
                                        JobCallback callback) {
  auto out = std::make_shared<std::string>();
  const std::shared_ptr<BIGNUM> add_number(add ? ToBignum(add->view()) : nullptr, BN_free);
  const std::shared_ptr<BIGNUM> rem_number(rem ? ToBignum(rem->view()) : nullptr, BN_free);
  return RunJob(
      env, callback,
      {.type = "RANDOMPRIMEREQUEST",
       .run =
           [=] {
             const BignumPointer prime(BN_new());
             if (BN_generate_prime_ex(prime.get(), bits, safe, add_number.get(), rem_number.get(),
                                      nullptr) != 1)
               return false;
             *out = BignumBytes(prime.get(), (bits + 7) / 8);
             return true;
           },
       .result = [=](Environment& env) { return CopyToArrayBuffer(env.isolate(), *out); }});
}

v8::MaybeLocal<v8::Value> CheckPrime(Environment& env, Bytes candidate, JobCallback callback) {
  auto result = std::make_shared<bool>(false);
  ERR_clear_error();
  const std::shared_ptr<BIGNUM> number(ToBignum(candidate.view()), BN_free);
  if (number == nullptr) {
    // Larger than OpenSSL's numbers can be.
    ThrowOpenSslError(env, "Invalid candidate");
    return {};
  }
  return RunJob(
      env, callback,
      {.type = "CHECKPRIMEREQUEST",
       .run =
           [=] {
             const int is_prime = BN_check_prime(number.get(), nullptr, nullptr);
             *result = is_prime == 1;
             return is_prime >= 0;
           },
       .result = [=](Environment& env) { return v8::Boolean::New(env.isolate(), *result); }});
}

// Whether a generated prime could satisfy `prime % add == rem`: `add` has at most `bits` bits and
// is more than `rem`.
bool PrimeOptionsFit(int32_t bits, Bytes add, std::optional<Bytes> rem) {
  const BignumPointer add_number(ToBignum(add.view()));
  const BignumPointer rem_number(rem ? ToBignum(rem->view()) : nullptr);
  if (BN_num_bits(add_number.get()) > bits) return false;
  return rem_number == nullptr || BN_cmp(add_number.get(), rem_number.get()) > 0;
}

}  // namespace

void DeclareDiffieHellman(BindingBuilder& b) {
  b.Function<GroupPrime>("groupPrime");
  b.Function<ConvertPoint>("convertPoint");
  b.Function<GeneratePrime>("generatePrime");
  b.Function<CheckPrime>("checkPrime");
  b.Function<PrimeOptionsFit>("primeOptionsFit");
  b.Class<DiffieHellman>("DiffieHellman")
      .Constructor<v8::Local<v8::Value>, v8::Local<v8::Value>>()
      .Getter<&DiffieHellman::error>("error")
      .Getter<&DiffieHellman::VerifyError>("verifyError")
      .Method<&DiffieHellman::GenerateKeys>("generateKeys")
      .Method<&DiffieHellman::ComputeSecret>("computeSecret")
      .Method<&DiffieHellman::Prime>("getPrime")
      .Method<&DiffieHellman::Generator>("getGenerator")
      .Method<&DiffieHellman::PublicKey>("getPublicKey")
      .Method<&DiffieHellman::PrivateKey>("getPrivateKey")
      .Method<&DiffieHellman::SetPublicKey>("setPublicKey")
      .Method<&DiffieHellman::SetPrivateKey>("setPrivateKey");
  b.Class<Ecdh>("ECDH")
      .Constructor<std::string>()
      .Getter<&Ecdh::valid>("valid")
      .Method<&Ecdh::GenerateKeys>("generateKeys")
      .Method<&Ecdh::ComputeSecret>("computeSecret")
      .Method<&Ecdh::PrivateKey>("getPrivateKey")
      .Method<&Ecdh::PublicKey>("getPublicKey")
      .Method<&Ecdh::SetPrivateKey>("setPrivateKey")
      .Method<&Ecdh::SetPublicKey>("setPublicKey");
}

}  // namespace gyre
