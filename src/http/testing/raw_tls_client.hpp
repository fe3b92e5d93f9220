#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/raw_client.hpp"

namespace dsdash::http {

/// For tests: a TLS client whose bytes pass through the test's hands on their way to the server. It
/// believes any certificate.
class RawTlsClient {
  public:
    explicit RawTlsClient(std::uint16_t port);

    /// Before the handshake.
    void offer_at_most(int version) { SSL_set_max_proto_version(ssl_.get(), version); }
    /// Before the handshake. `list` as ALPN has it.
    void offer_protocols(std::string_view list);

    /// Sends `bytes_max` bytes at a time. False when the server does not take part.
    bool shake_hands(std::size_t bytes_max = 16 * 1024);
    /// The same with `send` in between, which sends the bytes it is given, or answers false: then
    /// the handshake ends.
    bool begin_handshake(const std::function<bool(const std::string& bytes)>& send);
    /// Encrypts, but does not send yet.
    void put(std::string_view text);
    /// What is to be sent next.
    std::string take_outgoing();
    /// As what take_outgoing() gave; false once the server has closed.
    bool send_raw(std::string_view bytes) { return socket_.send(bytes); }
    bool send(std::string_view text, std::size_t bytes_max = 16 * 1024);
    /// Decrypted, until the server ends.
    std::string read_to_end();
    /// Decrypted, up to and with `mark`, or to the end.
    std::string read_until(std::string_view mark);
    /// Whether the server has ended as TLS has it ("close notify"), and not only the connection.
    [[nodiscard]] bool was_ended_properly() const {
        return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    [[nodiscard]] std::string protocol() const;
    RawClient& socket() { return socket_; }

  private:
    bool send_in_parts(std::string_view bytes, std::size_t bytes_max);
    /// Takes in what the server sends. False at the end.
    bool take_in();

    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    RawClient socket_;
    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace dsdash::http
