#include "http/tls_trust.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>

namespace dsdash::http {

namespace asio = boost::asio;

namespace {

Result<void> trust(asio::ssl::context& context, const ClientOptions& options) {
    boost::system::error_code error;
    if (!options.ca_file.empty()) {
        if (!std::filesystem::exists(options.ca_file)) {
            return fail(ErrorKind::not_found, fmt::format("there is no file of certificates at {}",
                                                          options.ca_file.string()));
        }
        context.load_verify_file(options.ca_file.string(), error);
        if (error) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} holds no certificates in PEM form: {}",
                                    options.ca_file.string(), error.message()));
        }
        return {};
    }
    if (!options.ca_pem.empty()) {
        context.add_certificate_authority(asio::buffer(options.ca_pem), error);
    } else {
        context.set_default_verify_paths(error);
    }
    if (error) {
        return fail(ErrorKind::internal,
                    fmt::format("cannot load the certificates to trust: {}", error.message()));
    }
    return {};
}

}  // namespace

Result<asio::ssl::context> make_tls_context(const ClientOptions& options) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    if (SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) != 1) {
        return fail(ErrorKind::internal, "cannot prepare TLS");
    }
    if (auto trusted = trust(context, options); !trusted) {
        return std::unexpected(std::move(trusted.error()));
    }
    return context;
}

}  // namespace dsdash::http
