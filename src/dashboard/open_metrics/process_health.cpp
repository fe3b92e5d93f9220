#include "dashboard/open_metrics/process_health.hpp"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace dsdash::dashboard {

namespace {

// Of the fields of /proc/self/stat behind the command, counted from 0 (proc(5): 14, 15, 22, 24).
constexpr std::size_t kUserTicks = 11;
constexpr std::size_t kSystemTicks = 12;
constexpr std::size_t kStartTicks = 19;
constexpr std::size_t kResidentPages = 21;
constexpr std::size_t kFields = 22;

Result<std::array<double, kFields>> read_stat() {
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    // The command stands in parentheses and may hold any character.
    const auto end = text.rfind(')');
    std::array<double, kFields> fields{};
    if (end == std::string::npos) {
        return fail(ErrorKind::unreachable, "/proc/self/stat cannot be read");
    }
    std::istringstream rest(text.substr(end + 1));
    std::string state;
    rest >> state;
    for (std::size_t i = 1; i < kFields; ++i) rest >> fields.at(i);
    if (!rest) return fail(ErrorKind::unreachable, "/proc/self/stat is not as proc(5) says");
    return fields;
}

double boot_time() {
    std::ifstream file("/proc/stat");
    std::string word;
    double seconds = 0;
    while (file >> word) {
        if (word == "btime" && file >> seconds) break;
    }
    return seconds;
}

double count_open_files() {
    std::error_code error;
    const std::filesystem::directory_iterator files("/proc/self/fd", error);
    if (error) return 0;
    const auto count = std::distance(begin(files), end(files));
    return static_cast<double>(count) - 1;  // without the one that reads this
}

}  // namespace

Result<ProcessHealth> read_process_health() {
    const auto fields = read_stat();
    if (!fields) return std::unexpected(fields.error());
    const auto ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
    const auto page_bytes = static_cast<double>(sysconf(_SC_PAGESIZE));
    return ProcessHealth{
        .cpu_seconds = ((*fields)[kUserTicks] + (*fields)[kSystemTicks]) / ticks_per_second,
        .resident_bytes = (*fields)[kResidentPages] * page_bytes,
        .open_files = count_open_files(),
        .start_time = boot_time() + (*fields)[kStartTicks] / ticks_per_second};
}

}  // namespace dsdash::dashboard
