#include "domain/utf8.hpp"

#include <gtest/gtest.h>

#include "domain/json_text.hpp"

namespace dsdash {
namespace {

TEST(Utf8, WellFormedTextStaysAsItIs) {
    for (const std::string_view text : {"", "plain", "\u00e9", "\u20ac", "\U0001f600", "\u0000"}) {
        EXPECT_EQ(replace_invalid_utf8(text), text);
    }
}

TEST(Utf8, EachStrayByteIsReplaced) {
    EXPECT_EQ(replace_invalid_utf8("a\xff"), "a\ufffd");
    EXPECT_EQ(replace_invalid_utf8("\x80\x80z"), "\ufffd\ufffdz");
    EXPECT_EQ(replace_invalid_utf8("cut \xe2\x82"), "cut \ufffd\ufffd");
}

TEST(Utf8, OverlongFormsSurrogatesAndWhatIsBeyondUnicodeAreReplaced) {
    EXPECT_EQ(replace_invalid_utf8("\xc0\xaf"), "\ufffd\ufffd");
    EXPECT_EQ(replace_invalid_utf8("\xe0\x80\xaf"), "\ufffd\ufffd\ufffd");
    EXPECT_EQ(replace_invalid_utf8("\xed\xa0\x80"), "\ufffd\ufffd\ufffd");
    EXPECT_EQ(replace_invalid_utf8("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd");
}

TEST(Utf8, WhatWasReplacedIsJsonWhateverTheTwoBytesWere) {
    for (int first = 0x80; first < 0x100; ++first) {
        for (int second = 0x20; second < 0x100; ++second) {
            std::string text{static_cast<char>(first), static_cast<char>(second)};
            std::string quoted;
            append_json_string(quoted, replace_invalid_utf8(text));
            ASSERT_TRUE(check_json(quoted)) << first << ' ' << second;
        }
    }
}

TEST(Utf8, ClipCutsBetweenCharacters) {
    EXPECT_EQ(clip_utf8("abc", 3), "abc");
    EXPECT_EQ(clip_utf8("abcd", 3), "abc");
    EXPECT_EQ(clip_utf8("ab\u20ac", 5), "ab\u20ac");
    EXPECT_EQ(clip_utf8("ab\u20ac", 4), "ab");
    EXPECT_EQ(clip_utf8("\u20ac", 1), "");
}

}  // namespace
}  // namespace dsdash
