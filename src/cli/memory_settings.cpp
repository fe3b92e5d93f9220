#include "cli/memory_settings.hpp"

#include <malloc.h>

namespace dsdash::cli {

namespace {

/// glibc would give each of some twenty threads a heap of its own, which keeps what the largest
/// answer took: 400 MB with a fleet of 4,500 series.
constexpr int kHeapsMax = 2;
/// So much may stay in each heap for the next answer. To fetch it from the system anew costs an
/// answer of a megabyte a quarter of its time, in page faults.
constexpr int kUnusedBytesMax = 8 * 1024 * 1024;
/// What is larger comes from the system and goes back at once (mallopt(3): without a setting this
/// grows with what is freed, up to 32 MB).
constexpr int kMappedFrom = 4 * 1024 * 1024;

}  // namespace

void keep_memory_small() {
    mallopt(M_ARENA_MAX, kHeapsMax);
    mallopt(M_MMAP_THRESHOLD, kMappedFrom);
    mallopt(M_TRIM_THRESHOLD, kUnusedBytesMax);
}

}  // namespace dsdash::cli
