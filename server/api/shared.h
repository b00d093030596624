#pragma once

#include <utility>

#include "mailtrail/v1/coverage.pb.h"
#include "server/api/backend.h"
#include "server/api/cursor_text.h"
#include "server/api/event_to_proto.h"
#include "server/api/page_token.h"
#include "server/api/source_table.h"
#include "storage/query/found.h"

namespace mailtrail::server::api {

// What all calls share: the backend, and how it is put into texts. One a server. Thread-safe; must
// outlive every call and watch.
class Shared {
 public:
  explicit Shared(Backend backend)
      : backend_(std::move(backend)),
        cursors_(backend_.store_id),
        page_tokens_(backend_.page_token_key, backend_.clock),
        sources_(backend_.sources) {}
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  [[nodiscard]] const Backend& backend() const { return backend_; }
  [[nodiscard]] const CursorTexts& cursors() const { return cursors_; }
  [[nodiscard]] const PageTokens& page_tokens() const { return page_tokens_; }

  // The shape of the events of one answer; `eras` must outlive it.
  [[nodiscard]] EventShape ShapeFor(std::span<const log::Era> eras, v1::EventView view) {
    return {.cursors = cursors_,
            .eras = eras,
            .sources = sources_,
            .headers_of = backend_.headers_of,
            .view = view};
  }
  [[nodiscard]] SourceTable& sources() { return sources_; }

 private:
  const Backend backend_;
  const CursorTexts cursors_;
  const PageTokens page_tokens_;
  SourceTable sources_;
};

// What an answer cost, as `explain` shows it. Costs of several reads add up, under the first term.
void AddCost(const query::Cost& cost, v1::Explain& explain);

}  // namespace mailtrail::server::api
