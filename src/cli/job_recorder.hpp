#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/aws_api.hpp"

namespace dsdash::cli {

/// Tells the ledger of an account what becomes of one training job, while the job itself runs.
class JobRecorder {
  public:
    struct Options {
        std::chrono::milliseconds heartbeat_every{10'000};
        /// How long the end is told again and again to a server that does not answer.
        std::chrono::milliseconds finish_for{60'000};
        std::chrono::milliseconds first_pause{200};  ///< between two attempts; doubles up to 5 s
        /// Waits for so long; true, and earlier, when somebody asks to wait no more.
        std::function<bool(std::chrono::milliseconds)> interrupted_within =
            [](std::chrono::milliseconds pause) {
                std::this_thread::sleep_for(pause);
                return false;
            };
    };
    /// Called with what a person should know, from a thread of its own, too.
    using Warn = std::function<void(const std::string& message)>;

    /// `api` is the recorder's alone from start() to the end of finish().
    JobRecorder(AwsApi& api, std::string job_name, Warn warn, Options options);
    /// Stops the heartbeat; a job that was not finished is given up by the server after 30 s.
    ~JobRecorder();

    /// Records the job as InProgress and begins to tell that it is alive. conflict when there is a
    /// job of that name.
    Result<void> start(const std::vector<std::string>& command);
    /// Records the end: Completed, Failed or Stopped, with a reason unless it is empty. Bytes of it
    /// that are not UTF-8 are replaced, and it is cut to 1,024 bytes.
    Result<void> finish(std::string_view status, std::string_view reason);

  private:
    void beat(const std::stop_token& stop);
    void tell_heartbeat(bool& warned);

    AwsApi& api_;
    std::string job_name_;
    Warn warn_;
    Options options_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread heartbeat_;
};

}  // namespace dsdash::cli
