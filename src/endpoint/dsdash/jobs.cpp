#include "domain/arn.hpp"
#include "embedded/ledger/job_ledger.hpp"
#include "endpoint/dsdash/operations.hpp"

namespace dsdash::endpoint {

namespace {

Result<std::vector<std::string>> read_command(const json::object& input) {
    auto array = optional_array(input, "Command");
    if (!array) return std::unexpected(array.error());
    std::vector<std::string> command;
    if (*array == nullptr) return command;
    for (const json::value& word : **array) {
        if (!word.is_string()) {
            return fail(ErrorKind::malformed_input, "Command must hold strings");
        }
        command.emplace_back(word.get_string());
    }
    return command;
}

}  // namespace

Result<json::object> start_job(CallContext& context, const json::object& input) {
    auto name = required_string(input, "JobName");
    if (!name) return std::unexpected(name.error());
    auto command = read_command(input);
    if (!command) return std::unexpected(command.error());
    auto token = optional_string(input, "ClientToken");
    if (!token) return std::unexpected(token.error());
    auto job = context.account.jobs().start(*name, *command, token->value_or(""));
    if (!job) return std::unexpected(job.error());
    return json::object{{"TrainingJobArn", training_job_arn(context.account.region(),
                                                            context.account.id(), job->name)}};
}

Result<json::object> heartbeat_job(CallContext& context, const json::object& input) {
    auto name = required_string(input, "JobName");
    if (!name) return std::unexpected(name.error());
    auto heard = context.account.jobs().heartbeat(*name);
    if (!heard) return std::unexpected(heard.error());
    return json::object{};
}

Result<json::object> finish_job(CallContext& context, const json::object& input) {
    auto name = required_string(input, "JobName");
    if (!name) return std::unexpected(name.error());
    auto status = required_string(input, "Status");
    if (!status) return std::unexpected(status.error());
    auto reason = optional_string(input, "FailureReason");
    if (!reason) return std::unexpected(reason.error());
    auto finished = context.account.jobs().finish(*name, *status, reason->value_or(""));
    if (!finished) return std::unexpected(finished.error());
    return json::object{};
}

}  // namespace dsdash::endpoint
