#include "cli/dashboard/token_place.hpp"
#include "cli/verbs.hpp"
#include "embedded/tokens/token_file.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
    TokenPlace place;
};

Result<int> revoke_token(const Options& options, Session& session) {
    const auto folder = token_folder(options.place, session);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    if (auto revoked = embedded::TokenFile(*folder).revoke(options.name); !revoked) {
        return std::unexpected(revoked.error());
    }
    return kSuccess;
}

}  // namespace

void declare_token_revoke(CLI::App& app, Session& session) {
    auto* command =
        app.add_subcommand("revoke", "Take a token back; who has signed in with it is out at once");
    const auto options = on_run(*command, session, revoke_token);
    command->add_option("name", options->name, "the token's name")->required();
    add_token_place_options(*command, options->place);
    add_examples(*command, {"dsdash token revoke ann --data home",
                            "dsdash token revoke ann --cache /var/lib/dsdash/hub"});
}

}  // namespace dsdash::cli
