#pragma once

#include "cli/session.hpp"
#include "cli/simulation/hub_home.hpp"
#include "cli/terminal/progress_line.hpp"
#include "simulation/fleet.hpp"

namespace dsdash::cli {

/// The accounts of a fleet in a served data folder.
class FleetConnections {
  public:
    /// How many spokes are spoken for at once.
    static constexpr std::size_t kThreads = 8;

    /// `hub`: how the hub's account is reached; spokes are where it is. Lifetime: that of all it is
    /// given.
    FleetConnections(const simulation::Fleet& fleet, const ClientOptions& hub, Session& session)
        : fleet_(fleet), hub_(hub), session_(session) {}

    /// Makes the spokes' accounts that are missing. conflict when another account has their name.
    Result<void> create_accounts(const HubHome& home, ProgressLine& progress);
    /// Deploys hub and spokes, tells them of each other and connects them, as a person does.
    /// conflict when the hub knows another account as one of the projects, or does not keep records
    /// for long enough.
    Result<void> connect(AwsApi& hub, ProgressLine& progress);

    /// The account of one spoke, for one thread.
    [[nodiscard]] Result<std::unique_ptr<AwsApi>> api_of(const simulation::Spoke& spoke) const;

  private:
    using Step = std::function<Result<void>(const simulation::Spoke&, AwsApi&)>;
    Result<void> for_each_spoke(ProgressLine& progress, std::string_view what, const Step& step);

    const simulation::Fleet& fleet_;
    const ClientOptions& hub_;
    Session& session_;
};

}  // namespace dsdash::cli
