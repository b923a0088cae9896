# The Debian package: `ninja deb` makes intake_VERSION_ARCHITECTURE.deb. deploy/package has what is in it beside the
# program; what the program says about itself (manual page, completion, list of parts) is made from the built program.
set(package_files "${CMAKE_SOURCE_DIR}/deploy/package")
set(pages "${CMAKE_BINARY_DIR}/package")

add_custom_command(OUTPUT "${pages}/intake.1" "${pages}/intake.bash" "${pages}/intake.spdx.json" "${pages}/changelog.gz"
    "${pages}/intake.1.gz"
  COMMAND "${package_files}/command_pages" $<TARGET_FILE:intake> "${pages}"
  COMMAND gzip -9nkf "${pages}/intake.1"
  COMMAND gzip -9nf "${pages}/changelog"
  COMMAND sh -c "'${package_files}/sbom' '$<TARGET_FILE:intake>' '${CMAKE_SOURCE_DIR}/service/assets/package-lock.json' '${CMAKE_SOURCE_DIR}/deploy/packages' >'${pages}/intake.spdx.json'"
  DEPENDS intake "${package_files}/command_pages" "${package_files}/sbom"
    "${CMAKE_SOURCE_DIR}/service/assets/package-lock.json" "${CMAKE_SOURCE_DIR}/deploy/packages"
  COMMENT "Asking the program for its manual page, completion and parts" VERBATIM)
add_custom_target(package_pages DEPENDS "${pages}/intake.1.gz" "${pages}/intake.spdx.json" "${pages}/changelog.gz")

set(CMAKE_INSTALL_PREFIX /usr)
set(documents share/doc/intake)
install(TARGETS intake RUNTIME DESTINATION bin)
install(FILES "${pages}/intake.1.gz" DESTINATION share/man/man1)
install(FILES "${pages}/intake.bash" DESTINATION share/bash-completion/completions RENAME intake)
install(FILES CHANGELOG.md deploy/README.md deploy/threats.md "${pages}/changelog.gz" "${pages}/intake.spdx.json" "${package_files}/copyright"
  DESTINATION ${documents})
install(FILES deploy/backup/pgbackrest.conf deploy/backup/postgresql.conf deploy/audit-check DESTINATION ${documents}/examples)
install(DIRECTORY forms/packet DESTINATION share/intake FILES_MATCHING PATTERN "*.json")
install(DIRECTORY forms/rules/example DESTINATION share/intake/rules FILES_MATCHING PATTERN "*.csv")
install(FILES deploy/systemd/intake.service deploy/systemd/intake-backup.service deploy/systemd/intake-backup.timer
  DESTINATION /lib/systemd/system)
install(FILES "${package_files}/intake.toml" DESTINATION /etc/intake PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME intake)
set(CPACK_PACKAGE_VENDOR Intake)
set(CPACK_PACKAGE_CONTACT "Intake <maintainers@intake.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "patient forms from the phone to the clinic's desk")
set(CPACK_PACKAGE_DESCRIPTION "An HTTPS service that takes a clinic's patient forms in English, Spanish and
Haitian Creole, checks them against the insurance that the clinic accepts,
stores them sealed in PostgreSQL and hands them to staff as PDF.")
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_PACKAGE_FILE_NAME "intake_${PROJECT_VERSION}_amd64")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-core, fonts-noto-cjk, postgresql-15")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "haproxy, pgbackrest")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
file(WRITE "${CMAKE_BINARY_DIR}/package/conffiles" "/etc/intake/intake.toml\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${package_files}/postinst;${package_files}/prerm;${package_files}/postrm;${CMAKE_BINARY_DIR}/package/conffiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)

# Only what is in it is built, not the tests.
add_custom_target(deb COMMAND "${CMAKE_CPACK_COMMAND}" -G DEB DEPENDS intake package_pages
  WORKING_DIRECTORY "${CMAKE_BINARY_DIR}" COMMENT "Making the Debian package" VERBATIM USES_TERMINAL)
