#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "domain/account_id.hpp"
#include "http/message.hpp"
#include "services/dashboard_tokens.hpp"

namespace dsdash::dashboard {

/// Tells whoever listens that what they were shown has changed, as server-sent events:
/// html.spec.whatwg.org/multipage/server-sent-events.html. One thread looks, once for all who see
/// the same of a hub, and only while there are any. Any thread may call it.
class ChangeFeed {
  public:
    /// A number for what each resource of the hub answers now ("latest", …) who may see these
    /// projects: another number, another answer. Called on the feed's thread.
    using Look = std::function<std::map<std::string, std::size_t>(const AccountId& hub,
                                                                  const Projects& projects)>;

    /// How long after a change it is told at most, and how often a hub is looked at.
    static constexpr std::chrono::seconds kLookInterval{1};
    /// So that proxies and clients see that the stream lives.
    static constexpr std::chrono::seconds kHeartbeat{15};
    /// Listeners at once: of 1,024 connections some must be left to ask what has changed.
    static constexpr std::size_t kListenersMax = 512;

    explicit ChangeFeed(Look look);
    ~ChangeFeed();

    /// A stream of events: at once one that names everything, then one whenever something changes
    /// that belongs to `projects`. throttled beyond kListenersMax.
    Result<std::shared_ptr<http::BodyStream>> listen(const AccountId& hub,
                                                     const Projects& projects);

  private:
    class Listener;
    struct Channel;
    /// What a channel is about: a hub, and which projects of it.
    using Topic = std::pair<AccountId, Projects>;

    void run(const std::stop_token& stop);
    void look_once();
    [[nodiscard]] std::map<std::string, std::size_t> look_safely(const Topic& topic) const;

    const Look look_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<Topic, std::shared_ptr<Channel>> channels_;  // guarded by mutex_
    std::jthread thread_;                                 // ends first
};

}  // namespace dsdash::dashboard
