#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/dashboard/token_place.hpp"
#include "cli/verbs.hpp"
#include "embedded/tokens/token_file.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    TokenPlace place;
};

Result<int> list_tokens(const Options& options, Session& session) {
    const auto folder = token_folder(options.place, session);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto entries = embedded::TokenFile(*folder).read();
    if (!entries) {
        return std::unexpected(entries.error());
    }
    Table table({{"Name"}, {"Role"}, {"Projects"}, {"Created"}});
    for (const auto& [token, digest] : *entries) {
        table.add_row({token.name, std::string(role_name(token.role)),
                       token.projects ? fmt::format("{}", fmt::join(*token.projects, ", ")) : "all",
                       format_iso8601(token.created)});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_token_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("list", "List the tokens that open the dashboard");
    const auto options = on_run(*command, session, list_tokens);
    add_token_place_options(*command, options->place);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash token list --data home", "dsdash token list --profile hub"});
}

}  // namespace dsdash::cli
