#pragma once

#include <filesystem>
#include <memory>

#include "http/server.hpp"

namespace dsdash::cli {

/// A data folder being served: its accounts, their functions and deliveries, the checks of their
/// endpoints, AWS's protocols and the page on one port. Runs in threads of its own from start()
/// until it goes; going, it ends what is running and leaves what waits on disk.
class ServedHome {
  public:
    /// As embedded::Home::open and http::Server::start; conflict when another process serves it.
    static Result<std::unique_ptr<ServedHome>> start(const std::filesystem::path& directory,
                                                     const http::ServerOptions& options);
    ~ServedHome();

    [[nodiscard]] std::uint16_t port() const;

  private:
    struct Parts;
    explicit ServedHome(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace dsdash::cli
