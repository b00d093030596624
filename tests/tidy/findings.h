// What a rule found, each as one sentence that begins with where: "storage/kv/a.cc:7: ...".

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrail::tidy {

class Findings {
 public:
  void Add(std::string_view path, std::size_t line, std::string_view what) {
    sentences_.push_back(std::string(path) + ":" + std::to_string(line) + ": " + std::string(what));
  }

  // All of them, one a line; "" when there is none.
  std::string Text() const {
    std::string text;
    for (const std::string& sentence : sentences_) text += sentence + "\n";
    return text;
  }

 private:
  std::vector<std::string> sentences_;
};

}  // namespace mailtrail::tidy
