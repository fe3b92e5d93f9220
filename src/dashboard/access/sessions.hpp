#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/sha256.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// Who has signed in, until this process ends. Any thread may call it.
class Sessions {
  public:
    static constexpr std::chrono::hours kIdleMax{8};
    static constexpr std::chrono::hours kLifeMax{7 * 24};
    static constexpr std::size_t kSessionsOfTokenMax = 32;

    /// `clock` must outlive it.
    explicit Sessions(const Clock& clock) : clock_(clock) {}

    /// A new session of the token with that digest; its id is a secret of 256 bits, never one that
    /// a client brought along. Beyond kSessionsOfTokenMax the token's least recently used one ends.
    std::string begin(const Sha256& token);

    enum class Use { counts, does_not_count };
    /// The token of that session; nothing when there is none, or it was idle or lived too long.
    [[nodiscard]] std::optional<Sha256> find(std::string_view id, Use use = Use::counts);

    void end(std::string_view id);

  private:
    struct Session {
        Sha256 token;
        TimePoint begun;
        TimePoint used;
    };
    /// By the digest of their ids: how long a search takes tells nothing of an id.
    using ById = std::map<Sha256, Session>;

    [[nodiscard]] static bool is_over(const Session& session, TimePoint now);
    void make_room(const Sha256& token, TimePoint now);

    const Clock& clock_;
    std::mutex mutex_;  // guards the sessions
    ById by_id_;
};

}  // namespace dsdash::dashboard
