#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "embedded/ledger/ledger_query.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// A model's HTTP endpoint on this machine.
struct RegisteredEndpoint {
    std::string name;
    std::string url;
    std::string health_url;
    std::string status;  ///< Creating until the first check; then InService or OutOfService
    TimePoint created;
    TimePoint last_modified;  ///< when the status changed last
};

/// The account's endpoints: where they are, and whether they answered when last asked.
class EndpointLedger {
  public:
    /// Whether the address answers as a healthy endpoint does. May block for a second.
    using Probe = std::function<bool(const std::string& health_url)>;

    explicit EndpointLedger(const AccountParts& parts);
    static const char* schema();

    /// An empty `health_url` stands for /ping at the origin of `url`, as SageMaker's containers
    /// have it. conflict when the name is taken; malformed_input for a name that is not SageMaker's
    /// and for a URL that is not http on this machine (see loopback_url.hpp); throttled
    /// (ResourceLimitExceeded) beyond 100 endpoints.
    Result<RegisteredEndpoint> add(std::string_view name, std::string_view url,
                                   std::string_view health_url);
    /// false when there is none of that name.
    Result<bool> remove(std::string_view name);
    Result<std::optional<RegisteredEndpoint>> find(std::string_view name);
    Result<LedgerPage<RegisteredEndpoint>> list(const LedgerQuery& query);

    /// Asks every endpoint, one after the other until `stop` says otherwise, and keeps what is new;
    /// nothing else waits meanwhile.
    Result<void> check_all(const Probe& probe, const std::stop_token& stop = {});
    /// Asks one; nothing happens when it is not there.
    Result<void> check(std::string_view name, const Probe& probe);

  private:
    Result<void> check(const RegisteredEndpoint& endpoint, const Probe& probe);

    AccountParts parts_;
};

}  // namespace dsdash::embedded
