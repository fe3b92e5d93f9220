#include "dashboard/live/change_feed.hpp"

#include <fmt/format.h>

#include <exception>
#include <vector>

#include "domain/json.hpp"

namespace dsdash::dashboard {

namespace {

using Numbers = std::map<std::string, std::size_t>;

/// The event for `names`.
std::string changed_event(const std::vector<std::string>& names) {
    const json::object data{{"what", json::array(names.begin(), names.end())}};
    return fmt::format("event: changed\ndata: {}\n\n", json::serialize(data));
}

}  // namespace

/// What was seen of one topic.
struct ChangeFeed::Channel {
    std::mutex mutex;
    bool looked = false;  // all guarded by mutex
    Numbers numbers;

    Numbers read(bool& has_looked) {
        const std::lock_guard lock(mutex);
        has_looked = looked;
        return numbers;
    }
};

class ChangeFeed::Listener final : public http::BodyStream {
  public:
    explicit Listener(std::shared_ptr<Channel> channel) : channel_(std::move(channel)) {}

    std::optional<std::string> next() override {
        bool looked = false;
        auto numbers = channel_->read(looked);
        const auto now = std::chrono::steady_clock::now();
        std::vector<std::string> changed;
        for (const auto& [name, number] : numbers) {
            const auto told = told_.find(name);
            if (told == told_.end() || told->second != number) changed.push_back(name);
        }
        if (looked && !changed.empty()) {
            told_ = std::move(numbers);
            last_sent_ = now;
            return changed_event(changed);
        }
        if (now - last_sent_ < kHeartbeat) return "";
        last_sent_ = now;
        return ":\n\n";
    }

  private:
    const std::shared_ptr<Channel> channel_;
    Numbers told_;
    std::chrono::steady_clock::time_point last_sent_ = std::chrono::steady_clock::now();
};

ChangeFeed::ChangeFeed(Look look)
    : look_(std::move(look)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ChangeFeed::~ChangeFeed() = default;

Result<std::shared_ptr<http::BodyStream>> ChangeFeed::listen(const AccountId& hub,
                                                             const Projects& projects) {
    const std::lock_guard lock(mutex_);
    std::size_t listeners = 0;
    for (const auto& [topic, channel] : channels_) {
        listeners += static_cast<std::size_t>(channel.use_count()) - 1;
    }
    if (listeners >= kListenersMax) {
        return fail(ErrorKind::throttled,
                    fmt::format("{} pages listen already, and no more may", kListenersMax));
    }
    auto& channel = channels_[{hub, projects}];
    if (!channel) channel = std::make_shared<Channel>();
    wake_.notify_one();
    return std::make_shared<Listener>(channel);
}

void ChangeFeed::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return !channels_.empty(); });
        }
        look_once();
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, kLookInterval, [] { return false; });
    }
}

Numbers ChangeFeed::look_safely(const Topic& topic) const {
    try {
        return look_(topic.first, topic.second);
    } catch (const std::exception& bug) {
        // Whoever reads anew because of this is answered with the same bug.
        return {{"latest", std::hash<std::string>{}(bug.what())}};
    }
}

void ChangeFeed::look_once() {
    std::vector<std::pair<Topic, std::shared_ptr<Channel>>> heard;
    {
        const std::lock_guard lock(mutex_);
        // A channel that nobody but this map knows has no listener any more.
        std::erase_if(channels_, [](const auto& entry) { return entry.second.use_count() == 1; });
        heard.assign(channels_.begin(), channels_.end());
    }
    for (const auto& [topic, channel] : heard) {
        auto numbers = look_safely(topic);
        const std::lock_guard lock(channel->mutex);
        channel->looked = true;
        channel->numbers = std::move(numbers);
    }
}

}  // namespace dsdash::dashboard
