#pragma once

#include <set>
#include <string>

#include "cli/terminal/console.hpp"
#include "services/fetch_progress.hpp"

namespace dsdash::cli {

/// Shows a FetchProgress to a person while it goes on: a bar that is drawn over itself where there
/// is a terminal, a line for each spoke that has answered where there is none.
class ProgressDisplay {
  public:
    explicit ProgressDisplay(Console& console) : console_(console) {}

    void show(const FetchProgress& progress);
    /// Nothing more will come: leaves the bar behind and says what it had no room for, failed
    /// metrics and those who have not answered.
    void finish(const FetchProgress& progress);

  private:
    void draw_bar(const FetchProgress& progress);
    void print_new_answers(const FetchProgress& progress);

    Console& console_;
    std::set<std::string> printed_;  ///< account ids
    std::string bar_;                ///< as it stands on the terminal
};

}  // namespace dsdash::cli
