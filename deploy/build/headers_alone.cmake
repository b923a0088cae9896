# Every header stands alone: the target headers_alone, which tests/run --all builds, compiles them one by one. Where sources
# are compiled several at once, being the first include of one proves nothing.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}"
  "${CMAKE_SOURCE_DIR}/certs/*.hpp" "${CMAKE_SOURCE_DIR}/forms/*.hpp" "${CMAKE_SOURCE_DIR}/pdf/*.hpp"
  "${CMAKE_SOURCE_DIR}/db/*.hpp" "${CMAKE_SOURCE_DIR}/service/*.hpp")
set(units "")
foreach(header IN LISTS headers)
  string(REGEX REPLACE "\\.hpp$" ".cpp" source "${header}")
  set(unit "${CMAKE_BINARY_DIR}/headers_alone/${source}")
  file(CONFIGURE OUTPUT "${unit}" CONTENT "#include \"${header}\"\n")
  list(APPEND units "${unit}")
endforeach()
if(units)
  add_library(headers_alone OBJECT EXCLUDE_FROM_ALL ${units})
  target_link_libraries(headers_alone PRIVATE intake_service)
  # With what each folder keeps to itself.
  foreach(folder certs forms pdf db http service)
    target_include_directories(headers_alone SYSTEM PRIVATE $<TARGET_PROPERTY:intake_${folder},INCLUDE_DIRECTORIES>)
  endforeach()
  target_compile_options(headers_alone PRIVATE -O0 -U_FORTIFY_SOURCE)
  set_target_properties(headers_alone PROPERTIES UNITY_BUILD OFF)
endif()
