#include "embedded/delivery/delivery_engine.hpp"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "embedded/bus/bus.hpp"
#include "embedded/delivery/delivery_lane_runner.hpp"
#include "embedded/delivery/delivery_workers.hpp"
#include "embedded/delivery/function_invoker.hpp"

namespace dsdash::embedded {

namespace {

/// How often new accounts and schedules are looked for; a schedule counts in minutes.
constexpr std::chrono::seconds kTick{1};
std::function<double()> random_source() {
    struct Source {
        std::mutex mutex;
        std::mt19937_64 generator{std::random_device{}()};
    };
    return [source = std::make_shared<Source>()] {
        const std::lock_guard lock(source->mutex);
        return std::uniform_real_distribution<>(0, 1)(source->generator);
    };
}

}  // namespace

class DeliveryEngine::State {
  public:
    State(Home& home, FunctionRuntime& functions, const Clock& clock, DeliveryOptions options);
    ~State();

    void start();
    std::size_t run_due();
    FunctionInvoker& invoker() { return invoker_; }

  private:
    struct Entry {
        explicit Entry(Account& its_account) : account(its_account) {}
        Account& account;
        std::optional<TimePoint> due;  // guarded by mutex_, as running
        std::size_t running = 0;
    };

    void schedule();
    void tick();
    void find_accounts();
    void submit_due();
    void submit_due_of(Entry& entry, TimePoint now);
    void run_in_background(Entry& entry, std::int64_t lane);
    void hear(Entry& entry, TimePoint due);
    std::chrono::microseconds time_to_wait();

    const DeliveryServices services_;
    const DeliveryOptions options_;
    const std::size_t lanes_per_account_max_;
    std::vector<std::unique_ptr<Entry>> entries_;  // of the thread that schedules
    std::set<const Account*> known_;               // likewise

    std::mutex mutex_;
    std::condition_variable woken_;
    bool has_news_ = false;  // guarded by mutex_, as all below
    bool stopping_ = false;
    std::size_t running_ = 0;

    LaneRunner runner_;
    WorkerPool deliveries_;
    FunctionInvoker invoker_;
    std::thread scheduler_;
};

DeliveryEngine::State::State(Home& home, FunctionRuntime& functions, const Clock& clock,
                             DeliveryOptions options)
    : services_{home, functions, clock},
      options_(std::move(options)),
      lanes_per_account_max_(std::max<std::size_t>(1, options_.delivery_workers / 2)),
      runner_(services_, options_.random),
      deliveries_(options_.delivery_workers, options_.delivery_workers),
      invoker_(services_, options_.invocations_max) {}

DeliveryEngine::State::~State() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (scheduler_.joinable()) scheduler_.join();
    for (auto& entry : entries_) entry->account.bus().deliveries().lanes().set_listener({});
}

void DeliveryEngine::State::start() {
    scheduler_ = std::thread([this] { schedule(); });
}

void DeliveryEngine::State::schedule() {
    auto next_tick = std::chrono::steady_clock::now();
    for (;;) {
        if (std::chrono::steady_clock::now() >= next_tick) {
            tick();
            next_tick = std::chrono::steady_clock::now() + kTick;
        }
        submit_due();
        const auto wait = time_to_wait();
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, wait, [&] { return stopping_ || has_news_; });
        has_news_ = false;
        if (stopping_) return;
    }
}

void DeliveryEngine::State::tick() {
    find_accounts();
    for (auto& entry : entries_) {
        // A file that does not answer is asked again at the next tick.
        static_cast<void>(entry->account.bus().run_schedules());
    }
}

void DeliveryEngine::State::find_accounts() {
    for (Account* account : services_.home.accounts()) {
        if (known_.contains(account)) continue;
        DeliveryQueue& queue = account->bus().deliveries();
        if (!queue.load()) continue;
        known_.insert(account);
        entries_.push_back(std::make_unique<Entry>(*account));
        Entry* entry = entries_.back().get();
        queue.lanes().set_listener([this, entry](TimePoint due) { hear(*entry, due); });
    }
}

void DeliveryEngine::State::hear(Entry& entry, TimePoint due) {
    const std::lock_guard lock(mutex_);
    if (entry.due && *entry.due <= due) return;
    entry.due = due;
    has_news_ = true;
    woken_.notify_one();
}

void DeliveryEngine::State::submit_due() {
    // Begins with another account each time, so that the first ones do not always win.
    if (!entries_.empty()) std::ranges::rotate(entries_, entries_.begin() + 1);
    const TimePoint now = services_.clock.now();
    for (auto& entry : entries_) submit_due_of(*entry, now);
}

void DeliveryEngine::State::submit_due_of(Entry& entry, TimePoint now) {
    std::size_t free = 0;
    {
        const std::lock_guard lock(mutex_);
        if (!entry.due || *entry.due > now) return;
        free =
            std::min(lanes_per_account_max_ - entry.running, options_.delivery_workers - running_);
        if (free == 0) return;
        entry.due.reset();
    }
    DeliveryLanes& lanes = entry.account.bus().deliveries().lanes();
    const auto claimed = lanes.claim_due(now, free);
    const auto next = lanes.next_due();
    {
        const std::lock_guard lock(mutex_);
        if (next) entry.due = std::min(entry.due.value_or(*next), *next);
        entry.running += claimed.size();
        running_ += claimed.size();
    }
    for (const auto lane : claimed) run_in_background(entry, lane);
}

void DeliveryEngine::State::run_in_background(Entry& entry, std::int64_t lane) {
    const bool taken = deliveries_.submit([this, &entry, lane] {
        runner_.run(entry.account, lane);
        const std::lock_guard lock(mutex_);
        --entry.running;
        --running_;
        has_news_ = true;
        woken_.notify_one();
    });
    // No more lanes run than the pool has workers, and as many may wait.
    if (!taken) throw std::logic_error("the pool of deliveries is smaller than its lanes");
}

std::chrono::microseconds DeliveryEngine::State::time_to_wait() {
    const TimePoint now = services_.clock.now();
    std::chrono::microseconds wait = kTick;
    const std::lock_guard lock(mutex_);
    if (running_ == options_.delivery_workers) return wait;
    for (const auto& entry : entries_) {
        if (!entry->due || entry->running == lanes_per_account_max_) continue;
        wait = std::min(wait, *entry->due - now);
    }
    return std::max(wait, std::chrono::microseconds(0));
}

std::size_t DeliveryEngine::State::run_due() {
    std::size_t attempts = 0;
    tick();
    for (bool found = true; found;) {
        found = false;
        for (auto& entry : entries_) {
            const TimePoint now = services_.clock.now();
            auto& lanes = entry->account.bus().deliveries().lanes();
            for (const auto lane : lanes.claim_due(now, std::numeric_limits<std::size_t>::max())) {
                attempts += runner_.run(entry->account, lane);
                found = true;
            }
        }
    }
    return attempts;
}

DeliveryEngine::DeliveryEngine(Home& home, FunctionRuntime& functions, const Clock& clock,
                               DeliveryOptions options) {
    if (!options.random) options.random = random_source();
    state_ = std::make_unique<State>(home, functions, clock, std::move(options));
}

DeliveryEngine::~DeliveryEngine() = default;

void DeliveryEngine::start() {
    state_->start();
}

std::size_t DeliveryEngine::run_due() {
    return state_->run_due();
}

Result<Invocation> DeliveryEngine::invoke(Account& account, const FunctionRecord& function,
                                          std::string_view payload) {
    return state_->invoker().invoke(account, function, payload);
}

}  // namespace dsdash::embedded
