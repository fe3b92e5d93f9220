#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "embedded/storage/sqlite.hpp"

namespace dsdash::embedded {

/// The one writer of an account's file. Many threads hand in work; a thread of its own runs what
/// is waiting in one transaction and commits it with one fsync (group commit).
class Writer {
  public:
    explicit Writer(Database database);
    /// Finishes what was handed in.
    ~Writer();

    /// Runs `work` in a savepoint of the next group and returns when that group is on disk. When
    /// `work` returns an error its changes are undone and nobody else's are; when the commit fails
    /// (disk full) everyone in the group gets that error and nothing of it is kept. `work` must not
    /// call the Writer and should not wait for anything.
    template <class T>
    Result<T> write(const std::function<Result<T>(Database&)>& work) {
        std::optional<Result<T>> answer;
        auto committed = run([&](Database& database) -> Result<void> {
            answer.emplace(work(database));
            if (!*answer) return std::unexpected(answer->error());
            return {};
        });
        if (!committed) return std::unexpected(committed.error());
        return std::move(*answer);
    }

  private:
    struct State;
    Result<void> run(const std::function<Result<void>(Database&)>& work);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded
