#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "domain/metric_record.hpp"

/// An event: what is read must be written so that it reads back the same, and so must its record.
// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using dsdash::Event;
    const auto event = Event::from_json({reinterpret_cast<const char*>(data), size});
    if (!event) {
        return 0;
    }
    const auto text = event->to_json();
    const auto again = Event::from_json(text);
    if (!again || again->to_json() != text) {
        std::abort();
    }
    if (auto record = dsdash::parse_metric_event(*event)) {
        auto carrier = *event;
        carrier.detail = dsdash::metric_event_detail(*record);
        const auto record_again = dsdash::parse_metric_event(carrier);
        if (!record_again || record_again->value != record->value ||
            record_again->series != record->series) {
            std::abort();
        }
    }
    return 0;
}
