#include "embedded/delivery/delivery_dispatch.hpp"

#include <fmt/format.h>

#include "embedded/bus/bus.hpp"

namespace dsdash::embedded {

namespace {

using Answers = std::vector<Result<void>>;

Answers same_for_all(std::size_t count, const Result<void>& answer) {
    return Answers(count, answer);
}

TimePoint deadline_of(const DeliveryServices& services, const FunctionRecord& function) {
    return services.clock.now() + std::chrono::seconds(function.timeout_s);
}

/// Calls into a function: the one place where an exception of its own is caught.
template <class Call>
auto guarded(const FunctionRecord& function, Call call) -> Result<decltype(call())> {
    try {
        return call();
    } catch (const std::exception& exception) {
        return fail(ErrorKind::internal,
                    fmt::format("function {} failed: {}", function.name, exception.what()));
    }
}

Result<FunctionRecord> find_function(Account& account, std::string_view name) {
    auto function = account.functions().find(name);
    if (!function) return std::unexpected(std::move(function.error()));
    if (!*function) {
        return fail(ErrorKind::not_found, fmt::format("function {} of account {} is not there",
                                                      name, account.id().text()));
    }
    return std::move(**function);
}

Answers deliver_to_function(const DeliveryServices& services, Account& account,
                            const FunctionRecord& function, std::span<const Event> events) {
    auto answers = guarded(function, [&] {
        return services.functions.deliver(account, function, events,
                                          deadline_of(services, function));
    });
    if (!answers) return same_for_all(events.size(), std::unexpected(std::move(answers.error())));
    if (answers->size() != events.size()) {
        return same_for_all(
            events.size(),
            fail(ErrorKind::internal, fmt::format("function {} answered {} of {} events",
                                                  function.name, answers->size(), events.size())));
    }
    return std::move(*answers);
}

Answers deliver_to_bus(const DeliveryServices& services, const Account& account,
                       const Target& target, const AccountId& receiver,
                       std::span<const Event> events) {
    Account* peer = services.home.find(receiver);
    if (peer == nullptr || peer->bus().arn() != target.arn) {
        return same_for_all(
            events.size(),
            fail(ErrorKind::not_found, fmt::format("event bus {} is not there", target.arn)));
    }
    return same_for_all(events.size(), peer->bus().receive(events, account.id(), target.role_arn));
}

/// Runs a function for each delivery, as an invocation with a deadline of its own.
Answers invoke_each(const DeliveryServices& services, Account& account,
                    const FunctionRecord& function, std::span<const Delivery> deliveries) {
    Answers answers;
    for (const auto& delivery : deliveries) {
        auto answer = invoke_function(services, account, function, delivery.body);
        answers.push_back(answer ? Result<void>{} : std::unexpected(std::move(answer.error())));
    }
    return answers;
}

/// Lambda tries an asynchronous invocation again whatever the function's error was: it does not
/// know one kind from another.
Answers as_lambda_sees_them(Answers answers) {
    for (auto& answer : answers) {
        if (!answer && !is_retryable(answer.error().kind)) {
            answer.error().kind = ErrorKind::internal;
        }
    }
    return answers;
}

/// What the queue keeps was written by this program; a text that is no event is damage on disk.
Result<std::vector<Event>> read_events(std::span<const Delivery> deliveries) {
    std::vector<Event> events;
    events.reserve(deliveries.size());
    for (const auto& delivery : deliveries) {
        auto event = Event::from_json(delivery.body);
        if (!event) return std::unexpected(std::move(event.error()));
        events.push_back(std::move(*event));
    }
    return events;
}

}  // namespace

Result<std::string> invoke_function(const DeliveryServices& services, Account& account,
                                    const FunctionRecord& function, std::string_view payload) {
    auto answer = guarded(function, [&] {
        return services.functions.invoke(account, function, payload,
                                         deadline_of(services, function));
    });
    if (!answer) return std::unexpected(std::move(answer.error()));
    return std::move(*answer);
}

std::size_t batch_max(const DeliveryServices& services, Account& account, const Lane& lane) {
    if (lane.rule.empty()) return 1;
    const auto name = name_of_function(lane.target.arn);
    if (!name) return DeliveryQueue::kBatchMax;
    const auto function = find_function(account, *name);
    const bool one_by_one = function && !services.functions.takes_batches(*function);
    return one_by_one ? 1 : DeliveryQueue::kBatchMax;
}

std::vector<Result<void>> dispatch(const DeliveryServices& services, Account& account,
                                   const Lane& lane, std::span<const Delivery> deliveries) {
    const auto refuse_all = [&](Error error) {
        return same_for_all(deliveries.size(), std::unexpected(std::move(error)));
    };
    if (const auto receiver = account_of_bus(lane.target.arn)) {
        auto events = read_events(deliveries);
        if (!events) return refuse_all(std::move(events.error()));
        return deliver_to_bus(services, account, lane.target, *receiver, *events);
    }
    auto function = find_function(account, name_of_function(lane.target.arn).value_or(""));
    if (!function) return refuse_all(std::move(function.error()));
    if (lane.rule.empty()) {
        return as_lambda_sees_them(invoke_each(services, account, *function, deliveries));
    }
    if (!services.functions.takes_batches(*function)) {
        return invoke_each(services, account, *function, deliveries);
    }
    auto events = read_events(deliveries);
    if (!events) return refuse_all(std::move(events.error()));
    return deliver_to_function(services, account, *function, *events);
}

}  // namespace dsdash::embedded
