#include "embedded/storage/read_pool.hpp"

#include <mutex>
#include <utility>
#include <vector>

namespace dsdash::embedded {

namespace {

/// Connections kept open between reads; each holds up to 1 MB of pages.
constexpr std::size_t kIdleReadersMax = 8;

}  // namespace

struct ReadPool::State {
    std::filesystem::path file;
    std::mutex mutex;
    std::vector<Database> idle;  // guarded by mutex

    Result<Database> take();
    void give_back(Database database);
};

Result<Database> ReadPool::State::take() {
    {
        const std::lock_guard lock(mutex);
        if (!idle.empty()) {
            Database database = std::move(idle.back());
            idle.pop_back();
            return database;
        }
    }
    return Database::open(file, Database::Access::read_only);
}

void ReadPool::State::give_back(Database database) {
    const std::lock_guard lock(mutex);
    if (idle.size() < kIdleReadersMax) idle.push_back(std::move(database));
}

ReadPool::ReadPool(std::filesystem::path file) : state_(std::make_unique<State>()) {
    state_->file = std::move(file);
}

ReadPool::~ReadPool() = default;

Result<void> ReadPool::run(const std::function<void(Database&)>& read) {
    auto database = state_->take();
    if (!database) return std::unexpected(database.error());
    if (auto begun = database->run("BEGIN"); !begun) return std::unexpected(begun.error());
    read(*database);  // should it throw, the connection goes, and its transaction with it
    if (auto ended = database->run("COMMIT"); !ended) return std::unexpected(ended.error());
    state_->give_back(*std::move(database));
    return {};
}

}  // namespace dsdash::embedded
