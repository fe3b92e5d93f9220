#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "domain/result.hpp"
#include "http/message.hpp"

namespace dsdash::http {

/// A blocking HTTP/1.1 client that keeps one connection per origin alive. Not for several threads.
class Client {
  public:
    Client();
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Sends `request` to `origin` ("http://127.0.0.1:8080", https too with the system's roots) and
    /// returns the whole answer, whatever its status. unreachable when there is no connection or it
    /// breaks, timed_out at `deadline`, malformed_input for an origin that is none. A kept
    /// connection that was closed meanwhile is opened anew once, if no byte of an answer came.
    Result<Response> send(const std::string& origin, const Request& request,
                          std::chrono::steady_clock::time_point deadline);

    class State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::http
