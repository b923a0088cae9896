#pragma once
#include <random>
#include <string>
#include <vector>

namespace intake::pdf::sample {

/// Texts of every script and texts meant to break things, the same for the same seed.
class random_texts {
 public:
  explicit random_texts(unsigned seed) : random_(seed) {}

  /// 0 to count - 1.
  unsigned pick(unsigned count) { return static_cast<unsigned>(random_() % count); }
  bool one_in(unsigned count) { return pick(count) == 0; }

  /// 1 to `most` words of one script, or here and there one of another, on lines of any length.
  std::string words(unsigned most);
  /// 100,000 characters: sentences, one word, or lines.
  std::string very_long();
  /// Bytes that a reader, a shaper or a PDF parser may stumble over.
  std::string hostile();

 private:
  std::mt19937 random_;
};

}  // namespace intake::pdf::sample
