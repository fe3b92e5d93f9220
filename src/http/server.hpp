#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/result.hpp"
#include "http/message.hpp"

namespace dsdash::http {

/// Answers one request; called from several threads at once; may block. Must not throw.
using Handler = std::function<Response(const Request&)>;

/// Answers a request that never reaches the handler: it is malformed, too large, or one too many.
/// `head` is what could be read of it, without a body, and may be empty; `status` and `reason` say
/// what is wrong. Called on the thread that reads and writes: must not block, nor throw.
using RefusalHandler =
    std::function<Response(const Request& head, int status, std::string_view reason)>;

/// One line of plain text.
[[nodiscard]] Response plain_refusal(const Request& head, int status, std::string_view reason);

/// Requests handled at once unless told otherwise. Handlers may wait for others: see who counts on
/// there being more of these.
inline constexpr std::size_t kServerWorkers = 16;

/// How often a BodyStream is asked for more.
inline constexpr std::chrono::milliseconds kStreamInterval{250};

/// What a server shows of itself: PEM files, read once.
struct ServerTls {
    std::filesystem::path certificate_chain;  ///< its own certificate first
    std::filesystem::path private_key;        ///< of that certificate, without a passphrase
};

struct ServerOptions {
    std::string address = "127.0.0.1";         ///< IPv4 or IPv6 literal; loopback only without TLS
    std::uint16_t port = 0;                    ///< 0: the kernel chooses
    std::size_t workers = kServerWorkers;      ///< requests handled at once
    std::size_t queue_max = 512;               ///< requests that wait for a worker; 503 beyond
    std::size_t connections_max = 1024;        ///< 503 and closed beyond
    std::size_t header_bytes_max = 16 * 1024;  ///< 431 beyond
    std::size_t body_bytes_max = 17 * 1024 * 1024;  ///< 413 beyond; DynamoDB batches reach 16 MB
    std::chrono::seconds idle_timeout{60};  ///< kept-alive or slow connections and handshakes
    std::optional<ServerTls> tls = {};      ///< nothing: plain HTTP
    RefusalHandler refuse = plain_refusal;
};

/// Whether that literal is a loopback address; false for text that is no address.
[[nodiscard]] bool is_loopback(const std::string& address);

/// What Server::start refuses of these options before it listens: for who has much to do first.
Result<void> check_options(const ServerOptions& options);

/// An HTTP/1.1 server with kept-alive connections: one thread reads and writes, a bounded pool
/// runs the handler. With TLS, 1.2 or later, it may listen anywhere, else on loopback only.
class Server {
  public:
    /// Listens before it returns. denied for an address off loopback without TLS, conflict when the
    /// port is taken, malformed_input for an address that is none; for the PEM files as
    /// load_server_tls.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handler);
    /// Stops accepting, lets running requests finish (at most 5 s), closes.
    ~Server();
    [[nodiscard]] std::uint16_t port() const;

    class State;

  private:
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::http
