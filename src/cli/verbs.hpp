#pragma once

#include <CLI/CLI.hpp>

#include "cli/session.hpp"

namespace dsdash::cli {

/// Declares every verb there is: a new one is a new file and two lines here and in verbs.cpp.
void declare_verbs(CLI::App& app, Session& session);

// Each is defined in the file of its name; a verb of two words gets its group as `app`.
void declare_account_create(CLI::App& app, Session& session);
void declare_account_list(CLI::App& app, Session& session);
void declare_dashboard(CLI::App& app, Session& session);
void declare_dead_letters_list(CLI::App& app, Session& session);
void declare_dead_letters_replay(CLI::App& app, Session& session);
void declare_delete_parameter(CLI::App& app, Session& session);
void declare_deploy(CLI::App& app, Session& session);
void declare_destroy(CLI::App& app, Session& session);
void declare_disconnect(CLI::App& app, Session& session);
void declare_doctor(CLI::App& app, Session& session);
void declare_endpoint_deregister(CLI::App& app, Session& session);
void declare_endpoint_list(CLI::App& app, Session& session);
void declare_endpoint_register(CLI::App& app, Session& session);
void declare_history(CLI::App& app, Session& session);
void declare_invoke(CLI::App& app, Session& session);
void declare_job_list(CLI::App& app, Session& session);
void declare_job_run(CLI::App& app, Session& session);
void declare_job_show(CLI::App& app, Session& session);
void declare_latest(CLI::App& app, Session& session);
void declare_metrics_list(CLI::App& app, Session& session);
void declare_metrics_show(CLI::App& app, Session& session);
void declare_put_parameter(CLI::App& app, Session& session);
void declare_refresh(CLI::App& app, Session& session);
void declare_serve(CLI::App& app, Session& session);
void declare_simulate(CLI::App& app, Session& session);
void declare_synth(CLI::App& app, Session& session);
void declare_token_create(CLI::App& app, Session& session);
void declare_token_list(CLI::App& app, Session& session);
void declare_token_revoke(CLI::App& app, Session& session);

}  // namespace dsdash::cli
