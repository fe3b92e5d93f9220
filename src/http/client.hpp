#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "http/message.hpp"
#include "http/proxy.hpp"

namespace dsdash::http {

/// How a client reaches its peers, and which certificates it believes.
struct ClientOptions {
    /// PEM file of the certificate authorities to trust. Empty: those of ca_pem.
    std::filesystem::path ca_file = {};
    /// The same as text that outlives the client. Empty: the system's.
    std::string_view ca_pem = {};
    ProxySettings proxies = {};
};

/// A blocking HTTP/1.1 client that keeps one connection per origin alive. Not for several threads.
class Client {
  public:
    explicit Client(ClientOptions options = {});
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Reads the certificates, which otherwise waits for the first https request: some 20 ms for a
    /// system's bundle. Errors as make_tls_context's.
    Result<void> prepare_tls();

    /// Sends `request` to `origin` ("http://127.0.0.1:8080") and returns the whole answer, whatever
    /// its status. unreachable when there is no connection within kConnectTimeout or it breaks,
    /// denied for a certificate that is not trusted or not the host's, timed_out at `deadline`,
    /// malformed_input for an origin that is none. A kept connection that was closed meanwhile is
    /// opened anew once, if no byte of an answer came.
    Result<Response> send(const std::string& origin, const Request& request,
                          std::chrono::steady_clock::time_point deadline);

    static constexpr std::chrono::seconds kConnectTimeout{10};

    class State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::http
