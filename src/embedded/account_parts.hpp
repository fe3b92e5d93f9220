#pragma once

#include "embedded/account.hpp"
#include "embedded/read_pool.hpp"
#include "embedded/writer.hpp"

namespace dsdash::embedded {

/// What each part of an account (ParameterTable, Bus, …) is constructed from. Every part also has
/// `static const char* schema()`: CREATE … IF NOT EXISTS statements that Account::open runs.
struct AccountParts {
    const AccountIdentity& identity;
    Writer& writer;
    ReadPool& reads;
    const Clock& clock;
};

}  // namespace dsdash::embedded
