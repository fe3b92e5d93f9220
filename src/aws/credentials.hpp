#pragma once

#include <optional>
#include <string>

#include "domain/utc_time.hpp"

namespace dsdash::aws {

/// Its own type, so that it can take no other string's place, and is not printed by accident.
class SecretKey {
  public:
    explicit SecretKey(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] const std::string& text() const { return text_; }
    bool operator==(const SecretKey&) const = default;

  private:
    std::string text_;
};

/// What signs a request.
struct Credentials {
    std::string access_key_id;
    SecretKey secret_access_key;
    std::string session_token;                 ///< empty for keys that last
    std::optional<TimePoint> expiration = {};  ///< nothing: not known to expire
};

}  // namespace dsdash::aws
