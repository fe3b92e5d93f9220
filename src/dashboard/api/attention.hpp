#pragma once

#include <string>
#include <vector>

#include "dashboard/api/hub_picture.hpp"
#include "doctor/finding.hpp"

namespace dsdash::dashboard {

/// Something that a person should look at.
struct AttentionItem {
    enum class Severity {
        critical,  ///< values are missing, or will be lost
        warning,   ///< somebody should look today
        notice,    ///< perhaps nothing is wrong
    };
    Severity severity = Severity::notice;
    std::string_view kind;  ///< "silent_spoke", …: docs/openapi.yaml lists them
    std::string title;
    std::string detail;   ///< what was seen
    std::string advice;   ///< what to do about it
    std::string command;  ///< that mends it, for a shell; may be empty
    SeriesKey about;      ///< names that do not apply are empty
};

[[nodiscard]] std::string_view severity_name(AttentionItem::Severity severity);

/// What there is, the worst first. `findings` are doctor's about the hub, `trends` those of all its
/// series, ordered by series; each kind of thing is looked for by one function (attention.cpp).
[[nodiscard]] std::vector<AttentionItem> find_attention(const HubPicture& picture,
                                                        const doctor::Findings& findings,
                                                        const std::vector<SeriesTrend>& trends);

}  // namespace dsdash::dashboard
