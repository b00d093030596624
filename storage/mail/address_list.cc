#include <utility>

#include "storage/mail/normal_form.h"

namespace mailtrail::mail {
namespace {

// Splits a header's value into mailboxes: at commas, and at the ';' that ends a group; what stands
// before a group's ':' is its name. Comments are dropped.
class MailboxSplitter {
 public:
  // False when quotes or comments do not pair: then the mailboxes mean nothing.
  [[nodiscard]] bool Split(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == '\\' && i + 1 < value.size() && (quoted_ || comments_ > 0)) {
        Keep(value.substr(i, 2));
        ++i;
      } else {
        Take(value[i]);
      }
    }
    End();
    return !quoted_ && comments_ == 0;
  }
  [[nodiscard]] const std::vector<std::string>& mailboxes() const { return mailboxes_; }

 private:
  void Take(char c) {
    if (comments_ > 0) {
      comments_ += c == '(' ? 1 : (c == ')' ? -1 : 0);
      return;
    }
    if (c == '"') {
      quoted_ = !quoted_;
    }
    if (quoted_) {
      Keep({&c, 1});
      return;
    }
    // A colon or a comma inside "<...>" or "[IPv6:...]" is part of the address.
    bracketed_ = c == '<' || c == '[' || (bracketed_ && c != '>' && c != ']');
    if (c == '(') {
      ++comments_;
    } else if (!bracketed_ && c == ':') {
      mailbox_.clear();
    } else if (!bracketed_ && (c == ',' || c == ';')) {
      End();
    } else {
      Keep({&c, 1});
    }
  }
  void Keep(std::string_view text) {
    if (comments_ == 0) {
      mailbox_.append(text);
    }
  }
  void End() { mailboxes_.push_back(std::exchange(mailbox_, {})); }

  bool quoted_ = false;
  bool bracketed_ = false;
  int comments_ = 0;
  std::string mailbox_;
  std::vector<std::string> mailboxes_;
};

// For a text whose quotes or comments do not pair, as display names with odd quotes have them.
std::vector<std::string> SplitAtCommas(std::string_view value) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = value.find(',');
    parts.emplace_back(value.substr(0, comma));
    if (comma == std::string_view::npos) {
      return parts;
    }
    value.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<std::string> AddressesIn(std::string_view value) {
  MailboxSplitter splitter;
  const std::vector<std::string> mailboxes =
      splitter.Split(value) ? splitter.mailboxes() : SplitAtCommas(value);
  std::vector<std::string> addresses;
  for (const std::string& mailbox : mailboxes) {
    if (std::string address = NormalAddress(mailbox); !address.empty()) {
      addresses.push_back(std::move(address));
    }
  }
  return addresses;
}

}  // namespace mailtrail::mail
