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
  target_compile_options(dsdash_flags INTERFACE -fsanitize=${DSDASH_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(dsdash_flags INTERFACE -fsanitize=${DSDASH_SANITIZE})
endif()

# dsdash_library(NAME SOURCES a.cpp … LINK dsdash_x …)
function(dsdash_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC dsdash_flags ${ARG_LINK})
endfunction()

# dsdash_test(NAME SOURCES a_test.cpp … LINK dsdash_x …): unit tests stand beside their source.
function(dsdash_test name)
  if(NOT DSDASH_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE dsdash_flags ${ARG_LINK} GTest::gtest GTest::gtest_main GTest::gmock)
  target_compile_definitions(${name} PRIVATE DSDASH_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120 LABELS "${ARG_LABELS}")
endfunction()
