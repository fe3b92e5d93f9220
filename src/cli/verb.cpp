#include "cli/verb.hpp"

namespace dsdash::cli {

namespace {

/// A heading of its own in the help, below the options of the verb itself.
constexpr const char* kAccountGroup = "Which account, and where";

}  // namespace

void add_output_option(CLI::App& command, Session& session) {
    static const std::map<std::string, OutputFormat> kFormats{
        {"table", OutputFormat::table}, {"json", OutputFormat::json}, {"csv", OutputFormat::csv}};
    command
        .add_option_function<std::string>(
            "--output", [&session](const std::string& name) { session.output = kFormats.at(name); },
            "how to print the answer")
        ->check(CLI::IsMember({"table", "json", "csv"}));
}

void add_data_folder_options(CLI::App& command, ClientOptions& options) {
    auto* account = command.add_option(
        "--account", options.account,
        "name or id of an account in the data folder, whose keys sign (else DSDASH_ACCOUNT)");
    auto* endpoint_url =
        command.add_option("--endpoint-url", options.endpoint_url,
                           "where the endpoint is (else DSDASH_ENDPOINT_URL, AWS_ENDPOINT_URL, or "
                           "the profile's endpoint_url)");
    add_data_option(command, options.data);
    for (auto* option : {account, endpoint_url, command.get_option("--data")}) {
        option->group(kAccountGroup);
    }
}

void add_client_options(CLI::App& command, ClientOptions& options) {
    add_data_folder_options(command, options);
    command
        .add_option(
            "--profile", options.profile,
            "profile of the AWS credentials and config files, whose keys sign (else AWS_PROFILE)")
        ->excludes(command.get_option("--account"))
        ->group(kAccountGroup);
}

void add_data_option(CLI::App& command, std::string& data) {
    command.add_option("--data", data, "the data folder of dsdash serve (else DSDASH_DATA)")
        ->type_name("DIR");
}

void add_examples(CLI::App& command, std::initializer_list<const char*> lines) {
    std::string footer = "Examples:\n";
    for (const auto* line : lines) {
        footer += std::string("  ") + line + '\n';
    }
    command.footer(footer);
}

void add_note(CLI::App& command, const std::string& text) {
    command.footer(command.get_footer() + '\n' + text + '\n');
}

}  // namespace dsdash::cli
