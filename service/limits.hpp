#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

/// What the program takes at most, where more than one file goes by it.
namespace intake::service {

/// One file as it is sent, before it is read.
inline constexpr std::size_t attachment_bytes_max = std::size_t{10} << 20;
/// Files of one submission, and what they may take as they are stored.
inline constexpr std::size_t attachments_max = 20;
inline constexpr std::size_t attachments_bytes_max = std::size_t{32} << 20;

/// A page of a form with its files, and a client's packet with its files in base64.
inline constexpr std::size_t page_with_files_bytes_max = std::size_t{32} << 20;
inline constexpr std::size_t packet_with_files_bytes_max = std::size_t{16} << 20;

/// Read from a picture's head, before anything is decoded: 50 megapixels, more than telephones
/// take.
inline constexpr std::uint64_t picture_pixels_max = 50'000'000;
/// What is kept: the longest side in pixels, as baseline JPEG of this quality.
inline constexpr unsigned picture_side_max = 2'000;
inline constexpr int picture_quality = 82;
/// A progressive JPEG of few pixels can have a scan for every minute of a day.
inline constexpr int picture_scans_max = 100;
inline constexpr std::size_t paper_pages_max = 50;

/// The processes that read files, one file each.
inline constexpr std::size_t image_children_max = 2;
inline constexpr std::size_t image_memory_bytes_max = std::size_t{640} << 20;
/// How long a file waits for one of them, and how long it may be read.
inline constexpr std::chrono::milliseconds image_wait_max{5'000};
inline constexpr std::chrono::milliseconds image_read_max{10'000};

}  // namespace intake::service
