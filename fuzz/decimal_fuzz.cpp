#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/decimal.hpp"

/// A number: its canonical form must read back as an equal one.
// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dsdash::Decimal;
    const auto number = Decimal::parse({reinterpret_cast<const char*>(data), size});
    if (!number) {
        return 0;
    }
    const auto text = number->to_string();
    const auto again = Decimal::parse(text);
    if (!again || *again != *number || compare(*again, *number) != 0 ||
        again->to_string() != text) {
        std::abort();
    }
    return 0;
}
