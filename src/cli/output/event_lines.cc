#include "cli/output/event_lines.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <optional>
#include <utility>

namespace crosslog::cli {
namespace {

constexpr std::array kRecordMembers{
    std::pair<std::string_view, LogEvent::Field>{"stream", LogEvent::kLogStreamName},
    std::pair<std::string_view, LogEvent::Field>{"timestamp", LogEvent::kTimestamp},
    std::pair<std::string_view, LogEvent::Field>{"ingestionTime", LogEvent::kIngestionTime},
    std::pair<std::string_view, LogEvent::Field>{"eventId", LogEvent::kEventId},
    std::pair<std::string_view, LogEvent::Field>{"message", LogEvent::kMessage}};

bool is_number(LogEvent::Field member) {
  return member == LogEvent::kTimestamp || member == LogEvent::kIngestionTime;
}

std::int64_t event_number(const LogEvent& event, LogEvent::Field member) {
  return member == LogEvent::kTimestamp ? event.timestamp : event.ingestion_time;
}

std::string_view event_text(const LogEvent& event, LogEvent::Field member) {
  if (member == LogEvent::kLogStreamName) return event.log_stream_name;
  return member == LogEvent::kEventId ? event.event_id : event.message;
}

// Sixteen bytes side by side: SSE2 on every x86-64, NEON on every aarch64.
using Bytes = std::uint8_t __attribute__((vector_size(16)));

// The first byte at or behind `from` that JSON escapes.
std::size_t find_escaped(std::string_view text, std::size_t from) {
  for (; from + sizeof(Bytes) <= text.size(); from += sizeof(Bytes)) {
    Bytes bytes;
    std::memcpy(&bytes, text.data() + from, sizeof(bytes));
    const auto found = (bytes < 0x20) | (bytes == '"') | (bytes == '\\');
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), &found, sizeof(halves));
    if constexpr (std::endian::native != std::endian::little) {
      for (auto& half : halves)
        half = std::byteswap(half);
    }
    if (halves[0] != 0) return from + static_cast<std::size_t>(std::countr_zero(halves[0])) / 8;
    if (halves[1] != 0) return from + 8 + static_cast<std::size_t>(std::countr_zero(halves[1])) / 8;
  }
  for (; from < text.size(); ++from) {
    const auto byte = static_cast<unsigned char>(text[from]);
    if (byte < 0x20 || byte == '"' || byte == '\\') break;
  }
  return from;
}

void write_escape(char byte, OutputBuffer& out) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t", kNames = "\"\\bfnrt";
  out.append('\\');
  if (const auto i = kNamed.find(byte); i != std::string_view::npos) return out.append(kNames[i]);
  out.append("u00");
  out.append("0123456789abcdef"[byte >> 4]);
  out.append("0123456789abcdef"[byte & 0xF]);
}

}  // namespace

Document event_record_of(const LogEvent& event, const Document& common) {
  Document record = common;
  for (const auto& [name, member] : kRecordMembers) {
    if (!event.has(member)) continue;
    record.set(name, is_number(member) ? Document(event_number(event, member))
                                       : Document(event_text(event, member)));
  }
  return record;
}

std::string_view TimeText::of(std::int64_t milliseconds) {
  constexpr std::size_t kDigits = std::string_view("2026-02-23T10:11:12.").size();
  const TimePoint time{std::chrono::milliseconds(milliseconds)};
  const std::int64_t second = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  if (second != second_) {
    second_ = second;
    text_ = format_time(time, zone_);
    return text_;
  }
  auto rest = static_cast<unsigned>(milliseconds - second * 1000);
  for (std::size_t i = 3; i-- > 0; rest /= 10)
    text_[kDigits + i] = static_cast<char>('0' + rest % 10);
  return text_;
}

EventLines::EventLines(const LineFormat& format, const LineStyle& style, const Document& common)
    : format_(format), style_(style), common_(common), time_text_(style.zone) {
  for (const auto& part : format.parts())
    add_step(part);
  head_ = write_json(common);
  head_.pop_back();  // the brace
}

// What comes from `common` is a literal. A step without a field ends the line.
void EventLines::add_step(const LineFormat::Part& part) {
  if (steps_.empty()) steps_.emplace_back();
  steps_.back().literal += part.literal;
  if (part.field == nullptr) return;
  const LineField& field = *part.field;
  const bool color = style_.color && !field.color.empty();
  if (color) steps_.back().literal += "\x1b[" + std::string(field.color) + "m";
  const auto* const own =
      std::ranges::find(kRecordMembers, field.member, [](const auto& m) { return m.first; });
  if (own == kRecordMembers.end()) {
    steps_.back().literal += field_text_of(common_.find(field.member), field, style_);
  } else {
    Step& step = steps_.back();
    step.member = own->second;
    const bool number = is_number(own->second);
    if (number && field.kind == LineField::Kind::time) {
      step.what = Step::What::time;
    } else if (!number && field.kind == LineField::Kind::text) {
      step.what = Step::What::text;
    } else {
      step.what = Step::What::member;
    }
    steps_.emplace_back();
  }
  if (color) steps_.back().literal += "\x1b[0m";
}

void EventLines::write(std::span<const LogEvent> events, OutputBuffer& out) {
  for (const auto& event : events) {
    if (style_.safe) {
      out.append(format_.write(event_record_of(event, common_), style_));
    } else if (format_.is_ndjson()) {
      write_json_line(event, out);
    } else {
      write_line(event, out);
    }
  }
}

void EventLines::write_line(const LogEvent& event, OutputBuffer& out) {
  for (const auto& step : steps_) {
    out.append(step.literal);
    switch (step.what) {
      case Step::What::nothing:
        break;
      case Step::What::time:
        write_time(event, step.member, out);
        break;
      case Step::What::text: {
        const auto text = event_text(event, step.member);
        out.append(text.substr(0, text.find_last_not_of("\r\n") + 1));
        break;
      }
      case Step::What::member:
        if (!event.has(step.member)) break;
        if (is_number(step.member)) {
          out.append_integer(event_number(event, step.member));
        } else {
          out.append(event_text(event, step.member));
        }
    }
  }
  out.append('\n');
}

void EventLines::write_time(const LogEvent& event, LogEvent::Field member, OutputBuffer& out) {
  if (!event.has(member)) return out.append('-');
  const std::int64_t time = event_number(event, member);
  if (!is_shown_as_time(time)) return out.append_integer(time);
  out.append(time_text_.of(time));
}

void EventLines::write_json_line(const LogEvent& event, OutputBuffer& out) const {
  out.append(head_);
  bool first = head_.size() == 1;
  for (const auto& [name, member] : kRecordMembers) {
    if (!event.has(member)) continue;
    out.append(first ? "\"" : ",\"");
    out.append(name);
    out.append("\":");
    if (is_number(member)) {
      out.append_integer(event_number(event, member));
    } else {
      write_json_text(event_text(event, member), out);
    }
    first = false;
  }
  out.append("}\n");
}

void write_json_text(std::string_view text, OutputBuffer& out) {
  out.append('"');
  std::size_t written = 0;
  for (std::size_t i = find_escaped(text, 0); i < text.size(); i = find_escaped(text, i + 1)) {
    out.append(text.substr(written, i - written));
    write_escape(text[i], out);
    written = i + 1;
  }
  out.append(text.substr(written));
  out.append('"');
}

}  // namespace crosslog::cli
