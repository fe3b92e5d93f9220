#include "cli/dashboard/token_place.hpp"
#include "cli/verbs.hpp"
#include "embedded/tokens/token_file.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
    std::string role;
    std::vector<std::string> projects;
    TokenPlace place;
};

Result<int> create_token(const Options& options, Session& session) {
    const auto folder = token_folder(options.place, session);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto role = parse_role(options.role);
    if (!role) {
        return std::unexpected(role.error());
    }
    DashboardToken token{options.name, *role, {}, SystemClock().now()};
    if (!options.projects.empty()) {
        token.projects.emplace(options.projects.begin(), options.projects.end());
    }
    const auto secret = embedded::TokenFile(*folder).create(token);
    if (!secret) {
        return std::unexpected(secret.error());
    }
    Table table({{"Name"}, {"Role"}, {"Token"}});
    table.add_row({token.name, std::string(role_name(*role)), *secret});
    table.print(session.console.out, session.output);
    session.console.err << "This is the only time that the token is shown.\n";
    return kSuccess;
}

}  // namespace

void declare_token_create(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "create", "Make a token that opens the dashboard, before or while it runs");
    const auto options = on_run(*command, session, create_token);
    command->add_option("--name", options->name, "whose it is, or what it is for")->required();
    command->add_option("--role", options->role, "viewer reads, operator may also fetch new data")
        ->check(CLI::IsMember({"viewer", "operator"}))
        ->required();
    command
        ->add_option("--project", options->projects,
                     "a project that it may see; given once for each; without: all")
        ->expected(1)
        ->take_all();
    add_token_place_options(*command, options->place);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash token create --name ann --role operator --data home",
                            "dsdash token create --name churn-team --role viewer --project churn "
                            "--data home",
                            "dsdash token create --name ann --role operator --profile hub"});
}

}  // namespace dsdash::cli
