#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "http/server.hpp"

namespace dsdash::cli {

/// A data folder being served: its accounts, their functions and deliveries, the checks of their
/// endpoints, AWS's protocols and the page on one port. Runs in threads of its own from start()
/// until it goes; going, it ends what is running and leaves what waits on disk.
class ServedHome {
  public:
    /// As embedded::Home::open and http::Server::start; conflict when another process serves it.
    /// On loopback the dashboard is open; elsewhere it asks for a token, and answers to the names
    /// of the certificate and to `host_names` only: malformed_input when those are none.
    static Result<std::unique_ptr<ServedHome>> start(const std::filesystem::path& directory,
                                                     const http::ServerOptions& options,
                                                     const std::vector<std::string>& host_names);
    ~ServedHome();

    [[nodiscard]] std::uint16_t port() const;

  private:
    struct Parts;
    explicit ServedHome(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace dsdash::cli
