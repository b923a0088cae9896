# intake_embed(TARGET NAMESPACE FUNCTION FILES...): puts files into the program.
#
# Generates <NAMESPACE as path>/FUNCTION.hpp with
#   namespace NAMESPACE { struct embedded_file { std::string_view name, bytes; };
#                         std::span<embedded_file const> FUNCTION(); }
# The bytes come in through the assembler's .incbin: no compile time, whatever their size. A FILES entry may be
# "name=path" to choose the name; otherwise it is the file's base name. Files are sorted by name.
function(intake_embed target namespace function)
  set(dir "${CMAKE_BINARY_DIR}/embedded/${target}")
  set(asm "    .section .rodata\n")
  set(table "")
  set(depends "")
  list(SORT ARGN)
  set(index 0)
  foreach(entry IN LISTS ARGN)
    if(entry MATCHES "^([^=]+)=(.+)$")
      set(name "${CMAKE_MATCH_1}")
      set(path "${CMAKE_MATCH_2}")
    else()
      set(path "${entry}")
      get_filename_component(name "${entry}" NAME)
    endif()
    get_filename_component(path "${path}" ABSOLUTE)
    set(symbol "intake_embedded_${target}_${function}_${index}")
    string(APPEND asm "    .balign 16\n    .global ${symbol}\n${symbol}:\n    .incbin \"${path}\"\n"
                      "    .global ${symbol}_end\n${symbol}_end:\n    .byte 0\n")
    string(APPEND externs "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND table "      {\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    list(APPEND depends "${path}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm "    .section .note.GNU-stack,\"\",@progbits\n")
  # Several of these headers may meet in one source.
  string(REPLACE "::" "_" guard "${namespace}_embedded_file")
  file(CONFIGURE OUTPUT "${dir}/${function}.hpp" @ONLY CONTENT "#pragma once
#include <span>
#include <string_view>

namespace ${namespace} {

#ifndef ${guard}
#define ${guard}
struct embedded_file {
  std::string_view name;
  std::string_view bytes;
};
#endif

/// The files put into the program at build time, sorted by name.
std::span<embedded_file const> ${function}();

}  // namespace ${namespace}
")
  file(CONFIGURE OUTPUT "${dir}/${function}.cpp" @ONLY CONTENT "#include \"${function}.hpp\"

#include <cstddef>

${externs}
namespace ${namespace} {

std::span<embedded_file const> ${function}() {
  static embedded_file const files[] = {
${table}  };
  return files;
}

}  // namespace ${namespace}
")
  file(CONFIGURE OUTPUT "${dir}/${function}.S" @ONLY CONTENT "${asm}")
  set_source_files_properties("${dir}/${function}.S" PROPERTIES OBJECT_DEPENDS "${depends}")
  target_sources(${target} PRIVATE "${dir}/${function}.cpp" "${dir}/${function}.S")
  target_include_directories(${target} PUBLIC "${dir}")
endfunction()
