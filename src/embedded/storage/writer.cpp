#include "embedded/storage/writer.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace dsdash::embedded {

namespace {

/// Bounds how long the first work of a group waits for the last one.
constexpr std::size_t kGroupWorksMax = 1'000;

using Work = std::function<Result<void>(Database&)>;

/// One work and the thread that waits for it. Guarded by the writer's mutex once it is queued.
struct Request {
    const Work& work;
    Result<void> outcome;
    std::exception_ptr bug;
    bool done = false;
    std::condition_variable is_done;
};

using Group = std::vector<Request*>;

/// Runs one work in its savepoint. An error means that the transaction itself is lost.
Result<void> run_in_savepoint(Database& database, Request& request) {
    if (auto begun = database.run("SAVEPOINT work"); !begun) {
        return std::unexpected(begun.error());
    }
    try {
        request.outcome = request.work(database);
    } catch (...) {
        request.bug = std::current_exception();
    }
    if (!database.in_transaction()) {
        return fail(ErrorKind::unreachable, request.outcome ? "the transaction was rolled back"
                                                            : request.outcome.error().message);
    }
    if (!request.outcome || request.bug) {
        if (auto undone = database.run("ROLLBACK TO work"); !undone) {
            return std::unexpected(undone.error());
        }
    }
    if (auto released = database.run("RELEASE work"); !released) {
        return std::unexpected(released.error());
    }
    return {};
}

Result<void> commit_group(Database& database, const Group& group) {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return std::unexpected(begun.error());
    for (Request* request : group) {
        if (auto ran = run_in_savepoint(database, *request); !ran) return ran;
    }
    if (auto committed = database.run("COMMIT"); !committed) {
        return std::unexpected(committed.error());
    }
    return {};
}

void run_group(Database& database, const Group& group) {
    auto committed = commit_group(database, group);
    if (committed) return;
    if (database.in_transaction()) {
        // Should that fail, too, every later BEGIN does: nothing of this group is ever committed.
        auto undone = database.run("ROLLBACK");
        if (!undone) committed = std::unexpected(undone.error());
    }
    // Also those that failed by themselves: what they saw of their neighbours is gone.
    for (Request* request : group) request->outcome = std::unexpected(committed.error());
}

}  // namespace

struct Writer::State {
    explicit State(Database opened) : database(std::move(opened)) {}

    void serve_groups();
    Group next_group();
    void answer(const Group& group);

    Database database;  // of the thread alone
    std::mutex mutex;
    std::condition_variable has_work;
    std::deque<Request*> queue;  // guarded by mutex
    bool stopping = false;       // guarded by mutex
    std::thread thread;
};

Group Writer::State::next_group() {
    std::unique_lock lock(mutex);
    has_work.wait(lock, [&] { return stopping || !queue.empty(); });
    const auto size = static_cast<std::ptrdiff_t>(std::min(queue.size(), kGroupWorksMax));
    Group group(queue.begin(), queue.begin() + size);
    queue.erase(queue.begin(), queue.begin() + size);
    return group;
}

void Writer::State::answer(const Group& group) {
    // Notified under the lock: a request lives on its thread's stack until that thread wakes up.
    const std::lock_guard lock(mutex);
    for (Request* request : group) {
        request->done = true;
        request->is_done.notify_one();
    }
}

void Writer::State::serve_groups() {
    for (Group group = next_group(); !group.empty(); group = next_group()) {
        run_group(database, group);
        answer(group);
    }
}

Writer::Writer(Database database) : state_(std::make_unique<State>(std::move(database))) {
    state_->thread = std::thread([state = state_.get()] { state->serve_groups(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->has_work.notify_one();
    state_->thread.join();
}

Result<void> Writer::run(const Work& work) {
    Request request{.work = work, .outcome = {}, .bug = {}, .done = false, .is_done = {}};
    std::unique_lock lock(state_->mutex);
    state_->queue.push_back(&request);
    state_->has_work.notify_one();
    request.is_done.wait(lock, [&] { return request.done; });
    if (request.bug) std::rethrow_exception(request.bug);
    return std::move(request.outcome);
}

}  // namespace dsdash::embedded
