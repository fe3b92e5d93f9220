#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

CLI::App& add_group(CLI::App& app, const std::string& name, const std::string& description) {
    auto* group = app.add_subcommand(name, description);
    group->require_subcommand(0, 1);
    return *group;
}

}  // namespace

void declare_verbs(CLI::App& app, Session& session) {
    declare_serve(app, session);
    declare_dashboard(app, session);
    auto& account = add_group(app, "account", "The accounts of a data folder");
    declare_account_create(account, session);
    declare_account_list(account, session);
    auto& token = add_group(app, "token", "The tokens that open the dashboard off loopback");
    declare_token_create(token, session);
    declare_token_list(token, session);
    declare_token_revoke(token, session);

    declare_deploy(app, session);
    declare_destroy(app, session);
    declare_synth(app, session);
    declare_put_parameter(app, session);
    declare_delete_parameter(app, session);
    declare_disconnect(app, session);
    declare_doctor(app, session);
    declare_invoke(app, session);

    declare_refresh(app, session);
    declare_latest(app, session);
    declare_history(app, session);
    declare_simulate(app, session);
    auto& metrics = add_group(app, "metrics", "The metrics that a spoke can be deployed with");
    declare_metrics_list(metrics, session);
    declare_metrics_show(metrics, session);
    auto& dead_letters = add_group(app, "dead-letters",
                                   "Events that could not be delivered, or were put in quarantine");
    declare_dead_letters_list(dead_letters, session);
    declare_dead_letters_replay(dead_letters, session);

    auto& job = add_group(app, "job", "Training jobs that run on this machine");
    declare_job_run(job, session);
    declare_job_list(job, session);
    declare_job_show(job, session);
    auto& endpoint = add_group(app, "endpoint", "Endpoints of models on this machine");
    declare_endpoint_register(endpoint, session);
    declare_endpoint_deregister(endpoint, session);
    declare_endpoint_list(endpoint, session);
}

}  // namespace dsdash::cli
