#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/session.hpp"

/// What a verb's file is made of: a function that declares its command and options (verbs.hpp lists
/// them all), and a function that does it, with the options bound by the first.
namespace dsdash::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsageError = 2;

/// --output table|json|csv.
void add_output_option(CLI::App& command, Session& session);
/// --account, --data and --endpoint-url, for what goes on in a data folder only.
void add_data_folder_options(CLI::App& command, ClientOptions& options);
/// These and --profile.
void add_client_options(CLI::App& command, ClientOptions& options);
/// --data alone, for what works on the data folder itself.
void add_data_option(CLI::App& command, std::string& data);
/// "Examples:" at the end of the command's help.
void add_examples(CLI::App& command, std::initializer_list<const char*> lines);
/// A paragraph behind the examples; `text` has its own line breaks.
void add_note(CLI::App& command, const std::string& text);

/// Makes `run` what the command does and returns the options it will be given, to bind to.
template <class Options>
std::shared_ptr<Options> on_run(CLI::App& command, Session& session,
                                Result<int> (*run)(const Options&, Session&)) {
    auto options = std::make_shared<Options>();
    command.callback([options, run, &session] {
        session.run = [options, run](Session& now) { return run(*options, now); };
    });
    return options;
}

/// As above, for what speaks to an account: adds the client options, and hands `run` the account
/// and what it was named by.
template <class Options, class Run>
std::shared_ptr<Options> on_run_with_account(CLI::App& command, Session& session, Run run) {
    auto options = std::make_shared<Options>();
    auto client = std::make_shared<ClientOptions>();
    add_client_options(command, *client);
    command.callback([options, client, run, &session] {
        session.run = [options, client, run](Session& now) -> Result<int> {
            const auto api = now.connect_to_account(*client, now.environment);
            if (!api) {
                return std::unexpected(api.error());
            }
            return run(*options, *client, **api, now);
        };
    });
    return options;
}

template <class Options>
std::shared_ptr<Options> on_run(CLI::App& command, Session& session,
                                Result<int> (*run)(const Options&, const ClientOptions&, AwsApi&,
                                                   Session&)) {
    return on_run_with_account<Options>(command, session, run);
}

/// As above, for what need not know how the account was named.
template <class Options>
std::shared_ptr<Options> on_run(CLI::App& command, Session& session,
                                Result<int> (*run)(const Options&, AwsApi&, Session&)) {
    return on_run_with_account<Options>(
        command, session,
        [run](const Options& options, const ClientOptions&, AwsApi& api, Session& now) {
            return run(options, api, now);
        });
}

}  // namespace dsdash::cli
