#include <gtest/gtest.h>

#include <condition_variable>
#include <latch>
#include <set>
#include <thread>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

/// The engine in the background, with the system's clock, and several threads that put.
class BusConcurrency : public BusFixture {
  protected:
    static constexpr int kThreads = 4;
    static constexpr int kPutsPerThread = 25;
    static constexpr std::size_t kEntriesPerPut = 10;
    static constexpr std::size_t kEvents = kThreads * kPutsPerThread * kEntriesPerPut;

    /// Counts what functions are given, and wakes whoever waits for it.
    void count_events() {
        runtime_.on_event = [this](Account&, const FunctionRecord& function, const Event& event) {
            const std::lock_guard lock(mutex_);
            ++deliveries_;
            seen_[function.name].insert(event.id);
            arrived_.notify_all();
            return Result<void>{};
        };
    }
    void wait_for(const std::string& function, std::size_t events) {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [&] { return seen_[function].size() >= events; });
    }
    void put_from_threads(Account& account) {
        std::vector<std::thread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&account] {
                const std::vector<EventEntry> entries(kEntriesPerPut, entry("m", R"({"a":1})"));
                for (int put = 0; put < kPutsPerThread; ++put) {
                    for (const auto& id : account.bus().put_events(entries)) EXPECT_TRUE(id);
                }
            });
        }
        for (auto& thread : threads) thread.join();
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::map<std::string, std::set<std::string>> seen_;
    std::size_t deliveries_ = 0;
};

TEST_F(BusConcurrency, DeliversEveryEventOfEveryThreadOnce) {
    add_function(hub(), "archive");
    add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    connect(dev(), hub(), "m");
    count_events();
    engine_->start();
    std::thread from_dev([&] { put_from_threads(dev()); });
    put_from_threads(hub());
    from_dev.join();
    wait_for("archive", 2 * kEvents);
    engine_.reset();
    EXPECT_EQ(deliveries_, 2 * kEvents);
}

TEST_F(BusConcurrency, RulesChangeWhileEventsArrive) {
    add_function(hub(), "archive");
    add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    add_rule(hub(), "second", "m", function_target(hub(), "archive"));
    count_events();
    engine_->start();
    std::atomic<bool> done = false;
    std::thread changer([&] {
        const std::string id = "archive";
        const Target target = function_target(hub(), id);
        while (!done) {
            EXPECT_TRUE(hub().bus().rules().remove_targets("second", {&id, 1}));
            EXPECT_TRUE(hub().bus().rules().put_targets("second", {&target, 1}));
            EXPECT_TRUE(hub().bus().rules().set_enabled("second", false));
            EXPECT_TRUE(hub().bus().rules().set_enabled("second", true));
        }
    });
    put_from_threads(hub());
    done = true;
    changer.join();
    wait_for("archive", kEvents);
    engine_.reset();
    engine_ = make_engine();
    engine_->run_due();
    // What the rule "second" took was delivered, or lies with the dead letters of its target.
    EXPECT_LE(deliveries_ + letters(hub()).size(), 2 * kEvents);
    EXPECT_FALSE(hub().bus().deliveries().lanes().next_due());
}

TEST_F(BusConcurrency, ASlowAccountDoesNotHoldUpTheOthers) {
    for (Account* account : {&hub(), &dev()}) {
        for (const auto* name : {"f1", "f2", "f3", "f4", "f5"}) {
            add_function(*account, name);
            add_rule(*account, name, "m", function_target(*account, name));
        }
    }
    std::latch release(1);
    std::latch quick(5);
    runtime_.on_event = [&](Account& account, const FunctionRecord&, const Event&) {
        if (account.id().text() == kHub) {
            release.wait();
        } else {
            quick.count_down();
        }
        return Result<void>{};
    };
    engine_->start();
    put(hub(), "m");
    put(dev(), "m");
    quick.wait();  // would hang, had the hub's five functions taken all workers
    release.count_down();
    engine_.reset();  // its workers may still be on their way out of the latches
}

TEST_F(BusConcurrency, FindsAnAccountThatIsCreatedWhileItRuns) {
    count_events();
    engine_->start();
    ASSERT_TRUE(Home::create_account(
        folder_.path(), {"late", AccountId::parse("444444444444").value(),
                         Region::parse("eu-west-1").value(), "http://127.0.0.1:8080"}));
    Account& late = account("444444444444");
    add_function(late, "archive");
    add_rule(late, "metrics", "m", function_target(late, "archive"));
    put(late, "m");
    wait_for("archive", 1);
}

}  // namespace
}  // namespace dsdash::embedded
