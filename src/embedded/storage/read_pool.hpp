#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "embedded/storage/sqlite.hpp"

namespace dsdash::embedded {

/// Read-only connections to an account's file, lent one at a time to a thread. Readers see the
/// last commit and never wait for the writer.
class ReadPool {
  public:
    explicit ReadPool(std::filesystem::path file);
    ~ReadPool();

    /// Runs `read` with a connection that nobody else uses meanwhile, inside one read transaction.
    template <class T>
    Result<T> read(const std::function<Result<T>(Database&)>& read) {
        std::optional<Result<T>> answer;
        auto ran = run([&](Database& database) { answer.emplace(read(database)); });
        if (!ran) return std::unexpected(ran.error());
        return std::move(*answer);
    }

  private:
    struct State;
    Result<void> run(const std::function<void(Database&)>& read);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded
