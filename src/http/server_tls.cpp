#include "http/server_tls.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ssl/error.hpp>
#include <cerrno>
#include <system_error>

namespace dsdash::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

// TLS 1.2 with forward secrecy and authenticated encryption only; those of TLS 1.3 are all so.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// As ALPN has it (RFC 7301): each name behind its length.
constexpr std::array<unsigned char, 9> kProtocols = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// A client that wants another protocol than HTTP/1.1, and says so, is not for us (RFC 7301 section
// 3.2): its bytes must not be taken for a request.
int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void* /*unused*/) {
    unsigned char* common = nullptr;
    const int outcome = SSL_select_next_proto(&common, chosen_size, kProtocols.data(),
                                              kProtocols.size(), offered, offered_size);
    *chosen = common;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<void> check_readable(const std::filesystem::path& file, std::string_view what) {
    if (::access(file.c_str(), R_OK) == 0) {
        return {};
    }
    return fail(errno == ENOENT ? ErrorKind::not_found : ErrorKind::denied,
                fmt::format("cannot read the {} {}: {}", what, file.string(),
                            std::generic_category().message(errno)));
}

std::unexpected<Error> bad_file(const std::filesystem::path& file, std::string_view what,
                                const error_code& error) {
    return fail(ErrorKind::malformed_input,
                fmt::format("{} holds no {}: {}", file.string(), what, error.message()));
}

bool is_of_another_key(const error_code& error) {
    const auto code = static_cast<unsigned long>(error.value());
    return error.category() == asio::error::get_ssl_category() &&
           ERR_GET_LIB(code) == ERR_LIB_X509 &&
           (ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH ||
            ERR_GET_REASON(code) == X509_R_KEY_TYPE_MISMATCH);
}

Result<void> load(asio::ssl::context& context, const ServerTls& files) {
    if (auto there = check_readable(files.certificate_chain, "certificate"); !there) {
        return there;
    }
    if (auto there = check_readable(files.private_key, "private key"); !there) {
        return there;
    }
    error_code error;
    context.use_certificate_chain_file(files.certificate_chain.string(), error);
    if (error) {
        return bad_file(files.certificate_chain, "certificate in PEM form", error);
    }
    // Without this OpenSSL asks whoever sits at the terminal.
    context.set_password_callback([](std::size_t, auto) { return std::string(); }, error);
    context.use_private_key_file(files.private_key.string(), asio::ssl::context::pem, error);
    const bool mismatch =
        error ? is_of_another_key(error) : SSL_CTX_check_private_key(context.native_handle()) != 1;
    if (mismatch) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("the private key {} is not that of the certificate {}",
                                files.private_key.string(), files.certificate_chain.string()));
    }
    if (error) {
        return bad_file(files.private_key, "private key in PEM form without a passphrase", error);
    }
    return {};
}

bool restrict(SSL_CTX* context) {
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Clients may resume by a ticket, which they keep; we keep nothing.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // A write that waits goes on from where it was, and idle connections hold no buffers.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, kCiphers) == 1;
}

}  // namespace

Result<asio::ssl::context> load_server_tls(const ServerTls& files) {
    asio::ssl::context context(asio::ssl::context::tls_server);
    if (!restrict(context.native_handle())) {
        return fail(ErrorKind::internal, "cannot prepare TLS");
    }
    if (auto loaded = load(context, files); !loaded) {
        return std::unexpected(std::move(loaded.error()));
    }
    ERR_clear_error();
    return context;
}

}  // namespace dsdash::http
