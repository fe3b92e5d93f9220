#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "aws/credentials/provider.hpp"
#include "aws/environment.hpp"

/// For tests of single sources of credentials.
namespace dsdash::aws {

inline std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

inline TimePoint noon() {
    return parse_iso8601("2026-11-23T12:00:00Z").value();
}

inline Environment environment_of(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

/// A folder that goes with the test.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "dsdash-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// Returns the file's path.
    [[nodiscard]] std::string write(const std::string& name, std::string_view text) const {
        std::ofstream(path_ / name) << text;
        return (path_ / name).string();
    }

  private:
    std::filesystem::path path_;
};

/// Gives what it was told, one after the other; the last one stays.
class ScriptedCredentials final : public CredentialsProvider {
  public:
    std::vector<Result<Credentials>> script;
    std::size_t fetches = 0;
    std::size_t forgotten = 0;

    Result<Credentials> fetch(TimePoint, Deadline) override {
        return script.at(std::min(fetches++, script.size() - 1));
    }
    void forget(const Credentials&) override { ++forgotten; }
};

}  // namespace dsdash::aws
