#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>

#include "http/server.hpp"

namespace dsdash::http {

/// For tests: a self-signed certificate and its key, as PEM files in a folder that goes with it.
class CertificateFiles {
  public:
    /// `names`: subject alternative names as OpenSSL writes them, "DNS:dash.example,IP:127.0.0.1";
    /// may be empty.
    explicit CertificateFiles(const std::string& names = "DNS:localhost,IP:127.0.0.1");
    ~CertificateFiles();
    CertificateFiles(const CertificateFiles&) = delete;
    CertificateFiles& operator=(const CertificateFiles&) = delete;

    [[nodiscard]] ServerTls tls() const { return {certificate(), key()}; }
    [[nodiscard]] std::filesystem::path certificate() const { return folder_ / "certificate.pem"; }
    [[nodiscard]] std::filesystem::path key() const { return folder_ / "key.pem"; }
    /// The same key, under a passphrase.
    [[nodiscard]] std::filesystem::path locked_key() const { return folder_ / "locked.pem"; }

  private:
    std::filesystem::path folder_;
};

}  // namespace dsdash::http
