#include <fmt/format.h>

#include <filesystem>

#include "cli/file_text.hpp"
#include "cli/package_folder.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "stack/cdk/cloud_assembly.hpp"

namespace dsdash::cli {

namespace {

namespace fs = std::filesystem;

// What the CDK CLI tells an app (aws-cdk/lib/api/cxapp/exec.ts); the last name is really so.
constexpr const char* kOutputVariable = "CDK_OUTDIR";
constexpr const char* kContextVariable = "CDK_CONTEXT_JSON";
constexpr const char* kOverflowVariable = "CONTEXT_OVERFLOW_LOCATION_ENV";

/// The CLI writes what exceeds its environment there: far less than this.
constexpr std::uintmax_t kOverflowBytesMax = 16'777'216;

struct Options {
    std::string stack;
    std::string package = "build/lambda/package";
};

Result<std::string> read_overflow(const Environment& environment) {
    const auto name = environment(kOverflowVariable);
    if (!name) return "";
    return read_file(*name, kOverflowBytesMax);
}

Result<cdk::CdkContext> read_context(const Environment& environment) {
    const auto overflow = read_overflow(environment);
    if (!overflow) return std::unexpected(overflow.error());
    return cdk::read_cdk_context(environment(kContextVariable).value_or(""), *overflow);
}

Result<void> write_assembly(const cdk::CloudAssembly& assembly, const fs::path& package,
                            const fs::path& output) {
    std::error_code error;
    fs::create_directories(output, error);
    if (error) {
        return fail(ErrorKind::unreachable,
                    fmt::format("{}: {}", output.string(), error.message()));
    }
    if (assembly.asset) {
        auto copied = copy_package(package, output / cdk::asset_folder(*assembly.asset));
        if (!copied) return copied;
    }
    for (const auto& file : assembly.files) {
        if (auto written = write_file(output / file.name, file.text); !written) return written;
    }
    return {};
}

Result<int> synth(const Options& options, Session& session) {
    const auto output = session.environment(kOutputVariable);
    if (!output || output->empty()) {
        auto missing = fail(ErrorKind::malformed_input,
                            fmt::format("{} does not say where to write to", kOutputVariable));
        missing.error().hint =
            fmt::format("the CDK runs this: cdk deploy --app \"dsdash synth {}\"", options.stack);
        return missing;
    }
    const auto kind = stack::parse_kind(options.stack);
    if (!kind) return std::unexpected(kind.error());
    const auto assembly =
        cdk::synthesize(*kind, read_context(session.environment), measure_package(options.package));
    const auto written = write_assembly(assembly, options.package, *output);
    if (!written) return std::unexpected(written.error());
    return kSuccess;
}

}  // namespace

void declare_synth(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "synth", "Write a stack for AWS as a CDK cloud assembly; the CDK CLI runs this");
    const auto options = on_run(*command, session, synth);
    command->add_option("stack", options->stack, "hub or spoke")
        ->required()
        ->check(CLI::IsMember({"hub", "spoke"}));
    command
        ->add_option("--package", options->package,
                     "folder with the functions' code, as ./dev lambda builds it")
        ->type_name("DIR")
        ->capture_default_str();
    add_examples(*command,
                 {"cdk deploy --app \"build/release/dsdash synth hub\"",
                  "cdk deploy --app \"build/release/dsdash synth spoke\" -c environment=dev "
                  "-c project_name=churn -c metrics=TotalCompletedTrainingJobs"});
}

}  // namespace dsdash::cli
