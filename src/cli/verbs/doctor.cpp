#include "doctor/doctor.hpp"

#include <algorithm>

#include "aws/event_bus.hpp"
#include "aws/parameter_store.hpp"
#include "cli/dead_letters.hpp"
#include "cli/hub_reader.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

using doctor::Commands;
using doctor::Finding;

struct Options {
    bool problems = false;
    bool no_ping = false;
    int timeout_s = 10;
    int stale_after_h = 24;
};

/// The commands as somebody would type them who has called this one.
Commands commands_for(const ClientOptions& client, const Environment& environment) {
    auto account = client.account;
    if (account.empty() && client.profile.empty()) {
        account = environment("DSDASH_ACCOUNT").value_or("");
    }
    const bool has_endpoint =
        !client.endpoint_url.empty() || environment("DSDASH_ENDPOINT_URL").has_value();
    std::string shared;
    for (const auto& [option, value] :
         {std::pair("--data", client.data), std::pair("--endpoint-url", client.endpoint_url)}) {
        if (value.empty()) {
            continue;
        }
        shared += shared.empty() ? "" : " ";
        shared += std::string(option) + " " + doctor::shell_word(value);
    }
    const bool by_account = !account.empty();
    return {by_account || has_endpoint ? Commands::Home::embedded : Commands::Home::aws,
            by_account ? Commands::NamedBy::account : Commands::NamedBy::profile,
            by_account ? account : client.profile, shared};
}

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
                        commands_for(client, session.environment),
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
