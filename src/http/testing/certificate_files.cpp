#include "http/testing/certificate_files.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace dsdash::http {

namespace {

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* one) const {
        Function(one);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;
using File = std::unique_ptr<std::FILE, Free<std::fclose>>;

void require(bool succeeded) {
    if (!succeeded) {
        throw std::runtime_error("cannot make a certificate");
    }
}

Certificate make_certificate(EVP_PKEY* key, const std::string& names) {
    Certificate certificate(X509_new());
    require(certificate != nullptr);
    constexpr long kDay = 24L * 60 * 60;
    X509_set_version(certificate.get(), 2);  // version 3
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kDay);
    X509_set_pubkey(certificate.get(), key);
    auto* name = X509_get_subject_name(certificate.get());
    const std::array<unsigned char, 4> common_name = {'t', 'e', 's', 't'};
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_ASC, common_name.data(),
                                       common_name.size(), -1, 0) == 1);
    X509_set_issuer_name(certificate.get(), name);
    if (!names.empty()) {
        const Extension extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()));
        require(extension != nullptr && X509_add_ext(certificate.get(), extension.get(), -1) == 1);
    }
    require(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
    return certificate;
}

File create(const std::filesystem::path& path) {
    File file(std::fopen(path.c_str(), "w"));
    require(file != nullptr);
    return file;
}

}  // namespace

CertificateFiles::CertificateFiles(const std::string& names) {
    auto pattern = (std::filesystem::temp_directory_path() / "dsdash-certificate-XXXXXX").string();
    require(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    const Key key(EVP_EC_gen("P-256"));
    require(key != nullptr);
    const auto made = make_certificate(key.get(), names);
    require(PEM_write_X509(create(certificate()).get(), made.get()) == 1);
    require(PEM_write_PrivateKey(create(this->key()).get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) == 1);
    std::string passphrase = "secret";
    require(PEM_write_PKCS8PrivateKey(create(locked_key()).get(), key.get(), EVP_aes_128_cbc(),
                                      passphrase.data(), static_cast<int>(passphrase.size()),
                                      nullptr, nullptr) == 1);
}

CertificateFiles::~CertificateFiles() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace dsdash::http
