#include "cli/pages.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/base64.h"
#include "cli/python.h"

namespace crosslog::cli {
namespace {

constexpr std::string_view kTruncated = "boto_truncate_amount";

struct StartingToken {
  Document token;
  std::int64_t skipped = 0;
};

std::unexpected<Failure> bad_token(std::string_view token) {
  return fail_general("Bad starting token: " + std::string(token));
}

// {"nextToken": "...", "boto_truncate_amount": 3} in base64. nullopt: it is not.
std::optional<Document> decode_token(std::string_view text) {
  const auto bytes = decode_base64(text);
  if (!bytes) return std::nullopt;
  auto decoded = parse_json(*bytes);
  if (!decoded || decoded->map() == nullptr) return std::nullopt;
  return std::move(*decoded);
}

// The form of older CLIs: the service's token, "___", and a count.
StartingToken parse_old_token(std::string_view text) {
  const auto end = text.rfind("___");
  if (end == std::string_view::npos || text.find("___") != end) return {Document(text), 0};
  const auto count = parse_int(text.substr(end + 3));
  if (!count) return {Document(text), 0};
  const auto token = text.substr(0, end);
  return {token == "None" ? Document() : Document(token), *count};
}

Outcome<StartingToken> parse_token(std::string_view text, std::string_view input_token) {
  const auto decoded = decode_token(text);
  if (!decoded) return parse_old_token(text);
  StartingToken out;
  for (const auto& [name, value] : *decoded->map()) {
    if (name == input_token) {
      out.token = value;
    } else if (name != kTruncated || value.integer() == nullptr) {
      return bad_token(text);
    } else {
      out.skipped = *value.integer();
    }
  }
  return out;
}

std::string encode_token(std::string_view input_token, const Document& token,
                         std::optional<std::int64_t> truncated_at) {
  std::string json = "{" + json_string(input_token) + ": ";
  json += token.string() == nullptr ? "null" : json_string(*token.string());
  if (truncated_at) json += ", " + json_string(kTruncated) + ": " + std::to_string(*truncated_at);
  return encode_base64(json + "}");
}

// The position in a list of `size` that Python's slices mean by `index`.
std::size_t position(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (index < 0) index = std::max<std::int64_t>(index + length, 0);
  return static_cast<std::size_t>(std::min(index, length));
}

Document* member_of(Document& page, std::string_view name) {
  auto* map = page.map();
  if (map == nullptr) return nullptr;
  const auto found = std::ranges::find(*map, name, &Document::Member::first);
  return found == map->end() ? nullptr : &found->second;
}

// What is left of a result that belongs to items which an earlier run printed.
Document emptied(const Document& value) {
  if (value.list() != nullptr) return Document::List{};
  if (value.string() != nullptr) return "";
  return value;
}

// Of both kinds of pages: the token, null when there is none; the number of elements
// of the first result; those from `from` to `to`, as Python's slices mean it, without
// the other results when `alone`; the members that are the same in each.

Document token_of(const Document& page, const Pagination& pagination) {
  const Document* found = page.find(pagination.output_token);
  const bool none = found == nullptr || found->string() == nullptr || found->string()->empty();
  return none ? Document() : *found;
}

Document token_of(const EventPage& page, const Pagination& pagination) {
  const bool forward = pagination.output_token == "nextForwardToken";
  const auto token = forward ? page.next_forward_token() : page.next_token();
  return token && !token->empty() ? Document(*token) : Document();
}

std::int64_t items_of(const Document& page, const Pagination& pagination) {
  const Document* result = page.find(pagination.results.front());
  const auto* list = result == nullptr ? nullptr : result->list();
  return list == nullptr ? 0 : static_cast<std::int64_t>(list->size());
}

std::int64_t items_of(const EventPage& page, const Pagination&) {
  return static_cast<std::int64_t>(page.events().size());
}

void keep_first(Document& page, const Pagination& pagination, std::int64_t count) {
  const auto* list = page.find(pagination.results.front())->list();
  const auto end = static_cast<std::ptrdiff_t>(position(count, list->size()));
  page.set(pagination.results.front(), Document::List(list->begin(), list->begin() + end));
}

void keep_first(EventPage& page, const Pagination&, std::int64_t count) {
  const std::size_t end = position(count, page.events().size());
  std::size_t i = 0;
  page.erase_if([&](const LogEvent&) { return i++ >= end; });
}

void drop_first(Document& page, const Pagination& pagination, std::int64_t count) {
  for (const auto name : pagination.results) {
    const Document* result = page.find(name);
    const Document value = result == nullptr ? Document() : *result;
    if (name != pagination.results.front()) {
      page.set(name, emptied(value));
    } else if (const auto* list = value.list()) {
      const auto from = static_cast<std::ptrdiff_t>(position(count, list->size()));
      page.set(name, Document::List(list->begin() + from, list->end()));
    }
  }
}

// The other result is empty already.
void drop_first(EventPage& page, const Pagination&, std::int64_t count) {
  const std::size_t begin = position(count, page.events().size());
  std::size_t i = 0;
  page.erase_if([&](const LogEvent&) { return i++ < begin; });
}

// A page of events has none.
Document once_of(const Document& page, const Pagination& pagination) {
  Document once(Document::Map{});
  for (const auto name : pagination.once) {
    if (const Document* value = page.find(name)) once.set(name, *value);
  }
  return once;
}

Document once_of(const EventPage&, const Pagination&) {
  return Document::Map{};
}

template <class Function>
auto on_page(Document& page, Function function) {
  return function(page);
}

template <class Function>
auto on_page(EventAnswer& page, Function function) {
  return std::visit(function, page);
}

}  // namespace

template <class Page>
PageWalk<Page>::PageWalk(const Pagination& pagination, Document parameters, Paging paging, Call call,
                         WalkEnd end)
    : pagination_(pagination),
      parameters_(std::move(parameters)),
      paging_(std::move(paging)),
      call_(std::move(call)),
      end_(end) {}

template <class Page>
Outcome<std::optional<Page>> PageWalk<Page>::next() {
  if (done_) return std::nullopt;
  if (first_) {
    if (auto begun = begin(); !begun) return std::unexpected(begun.error());
  }
  auto page = call_(parameters_);
  if (!page) return std::unexpected(page.error());
  if (first_) resume_in(*page);
  const std::int64_t count = on_page(*page, [&](const auto& p) { return items_of(p, pagination_); });
  if (paging_.max_items && items_ + count > *paging_.max_items) {
    const std::int64_t keep = *paging_.max_items - items_;
    on_page(*page, [&](auto& p) { keep_first(p, pagination_, keep); });
    end_with(keep + (first_ ? skipped_ : 0));
  } else {
    items_ += count;
    auto token = on_page(*page, [&](const auto& p) { return token_of(p, pagination_); });
    if (auto good = go_on(std::move(token)); !good) return std::unexpected(good.error());
  }
  first_ = false;
  return std::move(*page);
}

template <class Page>
Outcome<void> PageWalk<Page>::begin() {
  if (paging_.starting_token) {
    auto start = parse_token(*paging_.starting_token, pagination_.input_token);
    if (!start) return std::unexpected(start.error());
    token_ = std::move(start->token);
    skipped_ = start->skipped;
    inject();
  }
  if (paging_.page_size) parameters_.set(pagination_.limit, *paging_.page_size);
  return {};
}

// The first page of a run that goes on: without what was printed before.
template <class Page>
void PageWalk<Page>::resume_in(Page& page) {
  if (paging_.starting_token) on_page(page, [&](auto& p) { drop_first(p, pagination_, skipped_); });
  once_ = on_page(page, [&](const auto& p) { return once_of(p, pagination_); });
}

// "None" is a token that says there is none.
template <class Page>
void PageWalk<Page>::inject() {
  const bool none = token_.string() == nullptr || *token_.string() == "None";
  if (!none) return parameters_.set(pagination_.input_token, token_);
  if (auto* map = parameters_.map()) {
    std::erase_if(*map, [&](const auto& member) { return member.first == pagination_.input_token; });
  }
}

template <class Page>
void PageWalk<Page>::end_with(std::optional<std::int64_t> truncated_at) {
  done_ = true;
  resume_token_ = encode_token(pagination_.input_token, token_, truncated_at);
}

template <class Page>
bool PageWalk<Page>::is_end(const Document& token) const {
  if (token.is_null()) return true;
  const Document* sent = parameters_.find(pagination_.input_token);
  return end_ == WalkEnd::same_token && sent != nullptr && *sent == token;
}

template <class Page>
Outcome<void> PageWalk<Page>::go_on(Document token) {
  token_ = std::move(token);
  if (is_end(token_)) {
    done_ = true;
  } else if (paging_.max_items && items_ == *paging_.max_items) {
    end_with(std::nullopt);
  } else if (previous_token_ == token_) {
    return fail_general("Error during pagination: The same next token was received twice: {" +
                        repr(pagination_.input_token) + ": " + repr(std::string_view(*token_.string())) +
                        "}");
  } else {
    inject();
    previous_token_ = token_;
  }
  return {};
}

template <class Page>
Document PageWalk<Page>::results_of(const Document& page, bool first) const {
  Document out = first ? once_ : Document(Document::Map{});
  for (const auto name : pagination_.results) {
    const Document* result = page.find(name);
    out.set(name, result == nullptr ? Document() : *result);
  }
  return out;
}

template class PageWalk<Document>;
template class PageWalk<EventAnswer>;

void JoinedPages::add(Document page) {
  for (const auto name : results_) {
    Document* result = member_of(page, name);
    if (result == nullptr || result->is_null()) continue;
    const auto there = std::ranges::find(joined_, name, &Document::Member::first);
    if (there == joined_.end()) {
      joined_.emplace_back(name, std::move(*result));
    } else if (result->list() != nullptr && there->second.list() != nullptr) {
      std::ranges::move(*result->list(), std::back_inserter(*there->second.list()));
    }
  }
}

Document JoinedPages::take(const Document& once, const std::optional<std::string>& resume_token) {
  Document out(std::move(joined_));
  for (const auto& [name, value] : *once.map())
    out.set(name, value);
  if (resume_token) out.set("NextToken", *resume_token);
  return out;
}

Outcome<Document> full_result(Pages& pages, const Pagination& pagination) {
  JoinedPages joined(pagination);
  for (;;) {
    auto page = pages.next();
    if (!page) return std::unexpected(page.error());
    if (!*page) return joined.take(pages.once(), pages.resume_token());
    joined.add(std::move(**page));
  }
}

}  // namespace crosslog::cli
