#include "http/certificate_names.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>

#include "http/message.hpp"

namespace dsdash::http {

namespace asio = boost::asio;

namespace {

struct Free {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

/// With a zero byte in it, a name is not what it looks like: none.
std::optional<std::string> dns_name(const ASN1_IA5STRING* text) {
    const auto* bytes = ASN1_STRING_get0_data(text);
    std::string name(bytes, bytes + ASN1_STRING_length(text));
    if (name.empty() || name.find('\0') != std::string::npos) return std::nullopt;
    return lower_case(name);
}

std::optional<std::string> ip_address(const ASN1_OCTET_STRING* octets) {
    const auto* bytes = ASN1_STRING_get0_data(octets);
    const auto copy = [&](auto to) {
        std::copy_n(bytes, to.size(), to.begin());
        return to;
    };
    switch (ASN1_STRING_length(octets)) {
        case 4:
            return asio::ip::address_v4(copy(asio::ip::address_v4::bytes_type{})).to_string();
        case 16:
            return asio::ip::address_v6(copy(asio::ip::address_v6::bytes_type{})).to_string();
        default:
            return std::nullopt;
    }
}

std::optional<std::string> name_of(const GENERAL_NAME* name) {
    int type = 0;
    const auto* value = GENERAL_NAME_get0_value(name, &type);
    if (type == GEN_DNS) return dns_name(static_cast<const ASN1_IA5STRING*>(value));
    if (type == GEN_IPADD) return ip_address(static_cast<const ASN1_OCTET_STRING*>(value));
    return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> certificate_names(const std::filesystem::path& certificate) {
    const std::unique_ptr<std::FILE, Free> file(std::fopen(certificate.c_str(), "re"));
    if (file == nullptr) {
        return fail(errno == ENOENT ? ErrorKind::not_found : ErrorKind::denied,
                    fmt::format("cannot read the certificate {}: {}", certificate.string(),
                                std::generic_category().message(errno)));
    }
    const std::unique_ptr<X509, Free> read(PEM_read_X509(file.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (read == nullptr) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} holds no certificate in PEM form", certificate.string()));
    }
    void* const extension = X509_get_ext_d2i(read.get(), NID_subject_alt_name, nullptr, nullptr);
    const std::unique_ptr<GENERAL_NAMES, Free> list(static_cast<GENERAL_NAMES*>(extension));
    std::vector<std::string> names;
    for (int i = 0; list != nullptr && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        if (auto name = name_of(sk_GENERAL_NAME_value(list.get(), i))) {
            names.push_back(*std::move(name));
        }
    }
    return names;
}

}  // namespace dsdash::http
