# Headers with a source beside them are proved to stand alone by being its first include, and a tidy test holds that.
# The rest is compiled one by one in the target headers_alone, which tests/run --full builds.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}"
  "${CMAKE_SOURCE_DIR}/certs/*.hpp" "${CMAKE_SOURCE_DIR}/forms/*.hpp" "${CMAKE_SOURCE_DIR}/pdf/*.hpp"
  "${CMAKE_SOURCE_DIR}/db/*.hpp" "${CMAKE_SOURCE_DIR}/service/*.hpp")
set(units "")
foreach(header IN LISTS headers)
  string(REGEX REPLACE "\\.hpp$" ".cpp" source "${header}")
  if(NOT EXISTS "${CMAKE_SOURCE_DIR}/${source}")
    set(unit "${CMAKE_BINARY_DIR}/headers_alone/${source}")
    file(CONFIGURE OUTPUT "${unit}" CONTENT "#include \"${header}\"\n")
    list(APPEND units "${unit}")
  endif()
endforeach()
if(units)
  add_library(headers_alone OBJECT EXCLUDE_FROM_ALL ${units})
  target_link_libraries(headers_alone PRIVATE intake_service)
endif()
