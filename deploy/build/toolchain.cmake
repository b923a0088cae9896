# Compiler settings that every target shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Eight sources in one: headers are parsed once for all of them, and the whole builds in a third of the time. So what stands in
# anonymous namespaces must be named apart within a folder. Presets dev and fuzz compile each source by itself.
option(INTAKE_UNITY "Compile several sources at once" OFF)
set(CMAKE_UNITY_BUILD ${INTAKE_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)

find_program(INTAKE_CCACHE ccache)
if(INTAKE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${INTAKE_CCACHE}")
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)

# What every target is compiled with; third-party headers come in as SYSTEM so that our warnings stay ours.
add_library(intake_options INTERFACE)
target_include_directories(intake_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(intake_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion
  # In a test that is compiled with others, what one keeps to itself stands beside the next one's locals.
  $<$<NOT:$<BOOL:$<TARGET_PROPERTY:INTAKE_MAY_SHADOW>>>:-Wshadow>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 at -O3 warns of overlaps, overreads and overflows inside std::string and std::vector that cannot be (GCC bugs
  # 105651, 105329).
  target_compile_options(intake_options INTERFACE -Wno-restrict -Wno-stringop-overread -Wno-stringop-overflow)
endif()
if(INTAKE_UNITY)
  # GCC takes what one source keeps to itself for something that every source sees.
  target_compile_options(intake_options INTERFACE -Wno-subobject-linkage)
endif()
if(INTAKE_WERROR)
  target_compile_options(intake_options INTERFACE -Werror)
endif()
target_compile_definitions(intake_options INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(intake_options INTERFACE Threads::Threads)

if(INTAKE_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(INTAKE_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
elseif(INTAKE_SANITIZE)
  message(FATAL_ERROR "INTAKE_SANITIZE is '${INTAKE_SANITIZE}'; say address, thread or nothing")
else()
  # An executable that parses hostile input is hardened in every build that may meet a patient.
  add_compile_options(-fstack-protector-strong "$<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
  add_link_options(-Wl,-z,relro,-z,now)
endif()

if(INTAKE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# intake_library(NAME SOURCES...): one static library a folder.
function(intake_library name)
  add_library(intake_${name} STATIC ${ARGN})
  target_link_libraries(intake_${name} PUBLIC intake_options)
endfunction()

# intake_pkg(TARGET VISIBILITY MODULE...): links packages that pkg-config knows, their headers as SYSTEM.
function(intake_pkg target visibility)
  foreach(module IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER "pc_${module}" prefix)
    if(NOT TARGET PkgConfig::${prefix})
      pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET GLOBAL ${module})
    endif()
    target_link_libraries(${target} ${visibility} PkgConfig::${prefix})
  endforeach()
endfunction()
