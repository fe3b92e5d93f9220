#include "doctor/doctor.hpp"

#include <algorithm>

#include "aws/event_bus.hpp"
#include "aws/parameter_store.hpp"
#include "cli/client/hub_reader.hpp"
#include "cli/client/mending_commands.hpp"
#include "cli/dead_letters/dead_letters.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

using doctor::Finding;

struct Options {
    bool problems = false;
    bool no_ping = false;
    int timeout_s = 10;
    int stale_after_h = 24;
};

void print(const doctor::Findings& findings, bool problems_only, Session& session) {
    Table table({{"AccountId"}, {"Role"}, {"Check"}, {"State"}, {"Message"}, {"Command"}});
    for (const auto& finding : findings) {
        if (problems_only && finding.state != Finding::State::wrong) {
            continue;
        }
        table.add_row({finding.account.text(), finding.role, finding.check,
                       std::string(state_name(finding.state)), finding.message, finding.command});
    }
    table.print(session.console.out, session.output);
}

Result<int> examine(const Options& options, const ClientOptions& client, AwsApi& api,
                    Session& session) {
    aws::AwsParameterStore parameters(api);
    aws::AwsEventBus bus(api);
    HubReader records(api);
    const auto dead_letters = dead_letters_of(api);
    const SystemClock clock;
    RandomUuidSource uuids;
    const auto findings =
        doctor::examine({api, parameters, bus, records, *dead_letters, clock, uuids},
                        mending_commands(client, session.environment),
                        {.ping = !options.no_ping,
                         .ping_timeout = std::chrono::seconds(options.timeout_s),
                         .stale_after = std::chrono::hours(options.stale_after_h)});
    if (!findings) {
        return std::unexpected(findings.error());
    }
    print(*findings, options.problems, session);
    const bool all_well =
        std::ranges::find(*findings, Finding::State::wrong, &Finding::state) == findings->end();
    return all_well ? kSuccess : kFailure;
}

}  // namespace

void declare_doctor(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "doctor", "Say what is right and wrong with a hub or a spoke, and which command mends it");
    const auto options = on_run(*command, session, examine);
    command->add_flag("--problems", options->problems, "show only what is wrong");
    command->add_flag("--no-ping", options->no_ping, "do not ask the spokes for a sign of life");
    command->add_option("--timeout", options->timeout_s, "wait so many seconds for their answers")
        ->check(CLI::Range(1, 600))
        ->capture_default_str();
    command
        ->add_option("--stale-after", options->stale_after_h,
                     "hours after which a spoke's newest metric is too old")
        ->check(CLI::Range(1, 87'600))
        ->capture_default_str();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash doctor --account hub",
                            "dsdash doctor --account churn-dev --problems --output json"});
}

}  // namespace dsdash::cli
