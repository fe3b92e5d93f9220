#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// Cut at every byte, and damaged at random places, the same ones in every run.
void run_with_damage(const std::string& seed) {
    constexpr int kDamagedCopies = 500;
    for (std::size_t cut = 0; cut <= seed.size(); ++cut) {
        run(seed.substr(0, cut));
    }
    std::mt19937 random(1);
    for (int i = 0; i < kDamagedCopies && !seed.empty(); ++i) {
        auto damaged = seed;
        damaged[random() % seed.size()] = static_cast<char>(random());
        run(damaged);
    }
}

}  // namespace

/// What a fuzz target does without a fuzzer: replays the folder of seeds given as the argument.
int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: {} FOLDER\n", argv[0]);
        return 2;
    }
    int seeds = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream file(entry.path(), std::ios::binary);
        run_with_damage({std::istreambuf_iterator<char>(file), {}});
        ++seeds;
    }
    fmt::print("{} seeds replayed\n", seeds);
    return seeds > 0 ? 0 : 1;
}
