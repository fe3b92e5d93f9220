#include "domain/sha256.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <new>

namespace dsdash {

namespace {

// OpenSSL 3 looks an algorithm up by name at each use of the one-call functions, which takes longer
// than hashing a request. So it is looked up once, and each thread keeps its contexts.

struct Free {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_MAC* algorithm) const { EVP_MAC_free(algorithm); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

/// OpenSSL fails here only when memory is exhausted or the library is broken.
void require(bool succeeded) {
    if (!succeeded) {
        throw std::bad_alloc();
    }
}

const EVP_MD* sha256_algorithm() {
    static const std::unique_ptr<EVP_MD, Free> kSha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    require(kSha256 != nullptr);
    return kSha256.get();
}

std::unique_ptr<EVP_MAC_CTX, Free> make_hmac_context() {
    static const std::unique_ptr<EVP_MAC, Free> kHmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    require(kHmac != nullptr);
    std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_new(kHmac.get()));
    require(context != nullptr);
    std::array<char, 7> digest = {'S', 'H', 'A', '2', '5', '6', '\0'};
    const std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    require(EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1);
    return context;
}

const unsigned char* bytes_of(std::string_view text) {
    const void* const any = text.data();
    return static_cast<const unsigned char*>(any);
}

}  // namespace

Sha256 sha256(std::string_view text) {
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> kContext(EVP_MD_CTX_new());
    require(kContext != nullptr);
    Sha256 digest{};
    require(EVP_DigestInit_ex2(kContext.get(), sha256_algorithm(), nullptr) == 1 &&
            EVP_DigestUpdate(kContext.get(), text.data(), text.size()) == 1 &&
            EVP_DigestFinal_ex(kContext.get(), digest.data(), nullptr) == 1);
    return digest;
}

Sha256 hmac_sha256(std::span<const unsigned char> key, std::string_view text) {
    thread_local const auto kContext = make_hmac_context();
    Sha256 digest{};
    std::size_t size = 0;
    require(EVP_MAC_init(kContext.get(), key.data(), key.size(), nullptr) == 1 &&
            EVP_MAC_update(kContext.get(), bytes_of(text), text.size()) == 1 &&
            EVP_MAC_final(kContext.get(), digest.data(), &size, digest.size()) == 1);
    return digest;
}

std::string to_hex(const Sha256& digest) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const unsigned byte : digest) {
        hex.push_back(kDigits[byte >> 4U]);
        hex.push_back(kDigits[byte & 15U]);
    }
    return hex;
}

bool equal_in_constant_time(const Sha256& one, const Sha256& other) {
    return CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace dsdash
