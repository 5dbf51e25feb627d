// Automatic pagination as the AWS CLI does it (botocore's paginate.py): pages are
// asked for until no token comes, or until --max-items elements of the first
// result are there; then a NextToken says where to go on, in its own form.
#ifndef CROSSLOG_SRC_CLI_PAGES_H_
#define CROSSLOG_SRC_CLI_PAGES_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/errors.h"
#include "crosslog/document.h"
#include "crosslog/operations.h"

namespace crosslog::cli {

// --max-items, --page-size, --starting-token.
struct Paging {
  std::optional<std::int64_t> max_items, page_size;
  std::optional<std::string> starting_token;
};

// What says that a page was the last: that it has no token, or also that its token is
// the one that it was asked for with.
enum class WalkEnd : std::uint8_t { no_token, same_token };

// `Page`: Document, or EventAnswer for the operations that give events. Use the
// names below.
template <class Page>
class PageWalk {
 public:
  using Call = std::function<Outcome<Page>(const Document& parameters)>;
  PageWalk(const Pagination& pagination, Document parameters, Paging paging, Call call,
           WalkEnd end = WalkEnd::no_token);

  // nullopt: there are no more. A page is the service's answer, cut to what was
  // asked for.
  Outcome<std::optional<Page>> next();
  // Where the next run would go on; set when --max-items ended this one.
  [[nodiscard]] const std::optional<std::string>& resume_token() const noexcept { return resume_token_; }
  // Of the first page: the members that are the same in each.
  [[nodiscard]] const Document& once() const noexcept { return once_; }
  // Only the lists that go on, null where the page has none; the first page's also
  // with once().
  [[nodiscard]] Document results_of(const Document& page, bool first) const;

 private:
  Outcome<void> begin();
  void resume_in(Page& page);
  void inject();
  void end_with(std::optional<std::int64_t> truncated_at);
  [[nodiscard]] bool is_end(const Document& token) const;
  [[nodiscard]] Outcome<void> go_on(Document token);

  const Pagination& pagination_;
  Document parameters_;
  const Paging paging_;
  const Call call_;
  const WalkEnd end_;

  Document token_;            // null, or the service's
  Document previous_token_;   // that the last request was sent with
  std::int64_t skipped_ = 0;  // elements of the first page that an earlier run has printed
  std::int64_t items_ = 0;
  bool first_ = true, done_ = false;
  std::optional<std::string> resume_token_;
  Document once_{Document::Map{}};
};

extern template class PageWalk<Document>;
extern template class PageWalk<EventAnswer>;
using Pages = PageWalk<Document>;
using EventWalk = PageWalk<EventAnswer>;

// All pages in one answer: lists joined, then what is the same in each, then
// NextToken.
class JoinedPages {
 public:
  explicit JoinedPages(const Pagination& pagination) : results_(pagination.results) {}
  void add(Document page);
  [[nodiscard]] Document take(const Document& once, const std::optional<std::string>& resume_token);

 private:
  std::span<const std::string_view> results_;
  Document::Map joined_;
};
[[nodiscard]] Outcome<Document> full_result(Pages& pages, const Pagination& pagination);

}  // namespace crosslog::cli

#endif  // CROSSLOG_SRC_CLI_PAGES_H_
