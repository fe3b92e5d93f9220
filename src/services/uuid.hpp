#pragma once

#include <string>

namespace dsdash {

/// Where new ids come from; tests bring their own. Any thread may call it.
class UuidSource {
  public:
    virtual ~UuidSource() = default;
    /// A UUID that was never given before: 36 characters, lower case.
    virtual std::string next() = 0;
};

/// Random UUIDs (RFC 9562, version 4) from the system's generator.
class RandomUuidSource final : public UuidSource {
  public:
    std::string next() override;
};

}  // namespace dsdash
