#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "domain/arn.hpp"
#include "embedded/accounts/home.hpp"
#include "embedded/bus/bus.hpp"
#include "embedded/bus/dead_letter_queue.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "embedded/testing/temporary_folder.hpp"

/// Three accounts in one data folder, and functions that a test writes. For tests only.
namespace dsdash::embedded {

/// Moves only when it is told to, or waited for. Any thread may read it.
class ManualClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override {
        return TimePoint(std::chrono::microseconds(now_us_.load()));
    }
    void advance(std::chrono::microseconds step) { now_us_ += step.count(); }
    void sleep_until(TimePoint time) const override {
        const auto until_us = time.time_since_epoch().count();
        auto now_us = now_us_.load();
        while (now_us < until_us && !now_us_.compare_exchange_weak(now_us, until_us)) {
        }
    }

  private:
    mutable std::atomic<std::int64_t> now_us_ = 1'795'435'200'000'000;  // 2026-11-23 12:00:00
};

/// Remembers what it was given; `on_event` and `on_invoke` say what the functions answer.
class RecordingRuntime final : public FunctionRuntime {
  public:
    Result<std::string> invoke(Account& account, const FunctionRecord& function,
                               std::string_view payload, TimePoint deadline) override {
        {
            const std::lock_guard lock(mutex_);
            invocations_.emplace_back(payload);
            deadlines_.push_back(deadline);
        }
        return on_invoke(account, function, payload);
    }

    [[nodiscard]] bool takes_batches(const FunctionRecord& function) const override {
        return function.handler == "archive";
    }

    std::vector<Result<void>> deliver(Account& account, const FunctionRecord& function,
                                      std::span<const Event> events, TimePoint deadline) override {
        std::vector<Result<void>> answers;
        for (const auto& event : events) answers.push_back(on_event(account, function, event));
        const std::lock_guard lock(mutex_);
        deadlines_.push_back(deadline);
        batches_.push_back(events.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (answers[i]) delivered_.push_back(events[i]);
        }
        return answers;
    }

    std::function<Result<void>(Account&, const FunctionRecord&, const Event&)> on_event =
        [](Account&, const FunctionRecord&, const Event&) { return Result<void>{}; };
    std::function<Result<std::string>(Account&, const FunctionRecord&, std::string_view)>
        on_invoke = [](Account&, const FunctionRecord&, std::string_view) {
            return Result<std::string>("{}");
        };

    std::vector<Event> delivered() const { return copy_of(delivered_); }
    std::vector<std::size_t> batches() const { return copy_of(batches_); }
    std::vector<std::string> invocations() const { return copy_of(invocations_); }
    std::vector<TimePoint> deadlines() const { return copy_of(deadlines_); }

  private:
    template <class T>
    std::vector<T> copy_of(const std::vector<T>& list) const {
        const std::lock_guard lock(mutex_);
        return list;
    }

    mutable std::mutex mutex_;
    std::vector<Event> delivered_;  // those that were accepted
    std::vector<std::size_t> batches_;
    std::vector<std::string> invocations_;
    std::vector<TimePoint> deadlines_;
};

inline constexpr std::string_view kHub = "111111111111";
inline constexpr std::string_view kDev = "222222222222";
inline constexpr std::string_view kProd = "333333333333";

class BusFixture : public testing::Test {
  protected:
    BusFixture() {
        for (const auto& [name, id] : {std::pair{"hub", kHub}, {"dev", kDev}, {"prod", kProd}}) {
            const Home::NewAccount account{name, AccountId::parse(id).value(),
                                           Region::parse("eu-west-1").value(),
                                           "http://127.0.0.1:8080"};
            EXPECT_TRUE(Home::create_account(folder_.path(), account));
        }
        open();
    }

    /// Opens everything from what is on disk, as a new process would.
    void open() {
        close();
        home_ = Home::open(folder_.path(), clock_).value();
        engine_ = make_engine();
    }
    void close() {
        engine_.reset();
        home_.reset();
    }
    std::unique_ptr<DeliveryEngine> make_engine(DeliveryOptions options = {}) {
        if (!options.random) options.random = [] { return 0.5; };
        return std::make_unique<DeliveryEngine>(*home_, runtime_, clock_, std::move(options));
    }

    Account& account(std::string_view id) {
        Account* found = home_->find(AccountId::parse(id).value());
        EXPECT_NE(found, nullptr);
        return *found;
    }
    Account& hub() { return account(kHub); }
    Account& dev() { return account(kDev); }
    Account& prod() { return account(kProd); }

    /// One that takes batches, unless it has another handler than the archive's.
    static void add_function(Account& account, std::string_view name, int timeout_s = 3,
                             std::string_view handler = "archive") {
        FunctionRecord function;
        function.name = name;
        function.handler = handler;
        function.timeout_s = timeout_s;
        ASSERT_TRUE(account.functions().put(function));
    }

    static Target function_target(const Account& account, std::string_view function) {
        Target target;
        target.id = function;
        target.arn = function_arn(account.region(), account.id(), function);
        return target;
    }
    static Target bus_target(const Account& sender, Account& receiver) {
        Target target;
        target.id = fmt::format("{}-bus", receiver.id().text());
        target.arn = receiver.bus().arn();
        target.role_arn = role_arn(sender.region(), sender.id(), "forwarding");
        return target;
    }

    /// A rule for the source `source` with one target.
    static void add_rule(Account& account, std::string_view name, std::string_view source,
                         const Target& target) {
        Rule rule;
        rule.name = name;
        rule.event_pattern = fmt::format(R"({{"source":["{}"]}})", source);
        ASSERT_TRUE(account.bus().rules().put_rule(rule));
        ASSERT_TRUE(account.bus().rules().put_targets(name, {&target, 1}));
    }

    /// Events of `source` put in `sender` go to the bus of `receiver`, which lets them in.
    static void connect(Account& sender, Account& receiver, std::string_view source) {
        allow(receiver, sender.id().text());
        add_rule(sender, fmt::format("forwardTo{}", receiver.id().text()), source,
                 bus_target(sender, receiver));
    }
    static void allow(Account& receiver, const std::string& sender) {
        ASSERT_TRUE(receiver.bus().policy().put({.statement_id = sender,
                                                 .principal = sender,
                                                 .action = "events:PutEvents",
                                                 .organization_id = ""}));
    }

    static EventEntry entry(std::string source, std::string detail = "{}") {
        return {std::move(source), "type", std::move(detail), {}, std::nullopt};
    }
    static std::string put(Account& account, std::string source, std::string detail = "{}") {
        const auto one = entry(std::move(source), std::move(detail));
        return account.bus().put_events({&one, 1}).at(0).value();
    }
    static std::vector<DeadLetter> letters(Account& account) {
        return account.dead_letters().list(0, 1'000).value();
    }

    TemporaryFolder folder_;
    ManualClock clock_;
    RecordingRuntime runtime_;
    std::unique_ptr<Home> home_;
    std::unique_ptr<DeliveryEngine> engine_;
};

}  // namespace dsdash::embedded
