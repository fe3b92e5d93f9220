# One library a folder under src/. A folder links only what stands below it, so an include that
# breaks the order of layers (docs/architecture.md) does not link.
add_library(dsdash_flags INTERFACE)
target_include_directories(dsdash_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_compile_options(dsdash_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror)
# Beast and Asio are compiled once (src/http/asio.cpp), not in every file that includes them.
target_compile_definitions(dsdash_flags INTERFACE BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
if(DSDASH_SANITIZE)
  # Instrumented code makes g++ 12 see variables uninitialized (in std::regex) that are not.
  target_compile_options(dsdash_flags INTERFACE -fsanitize=${DSDASH_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer -Wno-maybe-uninitialized)
  target_link_options(dsdash_flags INTERFACE -fsanitize=${DSDASH_SANITIZE})
endif()
if(DSDASH_SANITIZE STREQUAL "thread")
  # It sees texts overrun, too: warnings are what the other builds are for. And ThreadSanitizer knows
  # no fences, which Asio can do without.
  target_compile_options(dsdash_flags INTERFACE -w)
  target_compile_definitions(dsdash_flags INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()

# What nearly every source includes is compiled once (common.hpp).
add_library(dsdash_common OBJECT "${CMAKE_CURRENT_LIST_DIR}/common.cpp")
target_link_libraries(dsdash_common PUBLIC dsdash_flags Boost::json fmt::fmt)
target_precompile_headers(dsdash_common PRIVATE "${CMAKE_CURRENT_LIST_DIR}/common.hpp")
if(DSDASH_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_library(dsdash_common_test OBJECT "${CMAKE_CURRENT_LIST_DIR}/common.cpp")
  target_link_libraries(dsdash_common_test PUBLIC dsdash_flags Boost::json fmt::fmt GTest::gtest
    GTest::gtest_main GTest::gmock)
  target_compile_definitions(dsdash_common_test PUBLIC DSDASH_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  target_precompile_headers(dsdash_common_test PRIVATE "${CMAKE_CURRENT_LIST_DIR}/common_test.hpp")
endif()

# dsdash_library(NAME SOURCES a.cpp … LINK dsdash_x … [PRECOMPILE header…]): the headers of a library
# whose sources all include more than the common ones.
function(dsdash_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRECOMPILE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC dsdash_flags ${ARG_LINK})
  if(ARG_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/common.hpp" ${ARG_PRECOMPILE})
  else()
    target_precompile_headers(${name} REUSE_FROM dsdash_common)
  endif()
endfunction()

# dsdash_test(NAME SOURCES a_test.cpp … LINK dsdash_x …): unit tests stand beside their source.
function(dsdash_test name)
  if(NOT DSDASH_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE dsdash_flags ${ARG_LINK} GTest::gtest GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE DSDASH_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  target_precompile_headers(${name} REUSE_FROM dsdash_common_test)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120 LABELS "${ARG_LABELS}")
endfunction()
