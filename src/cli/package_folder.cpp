#include "cli/package_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/file_text.hpp"
#include "domain/sha256.hpp"

namespace dsdash::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kBootstrap = "bootstrap";

/// By path below the folder, so that the order is always the same.
using PackageFiles = std::map<std::string, fs::path>;

std::unexpected<Error> fail_on_disk(const fs::path& path, const std::error_code& error) {
    return fail(ErrorKind::unreachable, fmt::format("{}: {}", path.string(), error.message()));
}

bool is_executable(const fs::path& path) {
    std::error_code ignored;
    return (fs::status(path, ignored).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

Result<PackageFiles> list_files(const fs::path& folder) {
    PackageFiles files;
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto status = entry->symlink_status(error);
        if (error) break;
        if (fs::is_directory(status)) continue;
        if (!fs::is_regular_file(status)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} is neither file nor folder", entry->path().string()));
        }
        bytes += entry->file_size(error);
        if (error) break;
        if (bytes > kPackageBytesMax) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} has more than the {} bytes that Lambda allows",
                                    folder.string(), kPackageBytesMax));
        }
        files.emplace(entry->path().lexically_relative(folder).generic_string(), entry->path());
    }
    if (error) return fail_on_disk(folder, error);
    return files;
}

/// Of an ELF program: /usr/include/elf.h, e_machine. A script runs on either, and x86_64 is what
/// Lambda has by default.
Result<std::string> architecture_of(std::string_view program) {
    constexpr std::size_t kMachineOffset = 18;
    constexpr std::string_view kX86_64("\x3e\x00", 2);
    constexpr std::string_view kArm64("\xb7\x00", 2);
    if (!program.starts_with("\177ELF")) return "x86_64";
    const auto machine = program.substr(std::min(kMachineOffset, program.size()), 2);
    if (machine == kX86_64) return "x86_64";
    if (machine == kArm64) return "arm64";
    return fail(ErrorKind::malformed_input,
                fmt::format("{} is for neither x86_64 nor arm64, which Lambda has", kBootstrap));
}

std::unexpected<Error> fail_without_bootstrap(const fs::path& folder) {
    auto missing =
        fail(ErrorKind::not_found, fmt::format("the functions' code is not there: no executable {}",
                                               (folder / kBootstrap).string()));
    missing.error().hint = "./dev lambda builds it; --package names another folder";
    return missing;
}

}  // namespace

Result<cdk::CodeAsset> measure_package(const std::filesystem::path& folder) {
    std::error_code error;
    const auto bootstrap = folder / kBootstrap;
    if (!fs::is_regular_file(bootstrap, error) || !is_executable(bootstrap)) {
        return fail_without_bootstrap(folder);
    }
    const auto files = list_files(folder);
    if (!files) return std::unexpected(files.error());
    cdk::CodeAsset asset;
    std::string inventory;
    for (const auto& [name, path] : *files) {
        const auto content = read_file(path, kPackageBytesMax);
        if (!content) return std::unexpected(content.error());
        if (name == kBootstrap) {
            auto architecture = architecture_of(*content);
            if (!architecture) return std::unexpected(std::move(architecture.error()));
            asset.architecture = std::move(*architecture);
        }
        inventory +=
            fmt::format("{} {} {}\n", sha256_hex(*content), is_executable(path) ? 'x' : '-', name);
    }
    asset.hash = sha256_hex(inventory);
    return asset;
}

Result<void> copy_package(const std::filesystem::path& folder, const std::filesystem::path& to) {
    std::error_code error;
    if (fs::exists(to, error)) return {};
    // Under another name until it is complete: its own name says what it holds.
    auto unfinished = to;
    unfinished += ".unfinished";
    fs::remove_all(unfinished, error);
    if (!error) fs::copy(folder, unfinished, fs::copy_options::recursive, error);
    if (!error) fs::rename(unfinished, to, error);
    if (error) return fail_on_disk(to, error);
    return {};
}

}  // namespace dsdash::cli
