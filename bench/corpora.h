// Pages of log events to decode, by what is in them. Seeded: the same bytes in
// every run, on every machine.
#ifndef CROSSLOG_BENCH_CORPORA_H_
#define CROSSLOG_BENCH_CORPORA_H_

#include <string>
#include <string_view>
#include <vector>

namespace crosslog::bench {

struct Corpus {
  std::string_view name;
  std::string page;
};

// short80   FilterLogEvents, 8,000 lines of 60 to 100 bytes
// json400   FilterLogEvents, 2,400 JSON objects of 400 bytes as messages
// stack2k   FilterLogEvents, 500 stack traces of 2 KB
// ja        FilterLogEvents, 3,500 lines of Japanese in UTF-8
// uesc      the same text of 2,000 events as \uXXXX
// accents   FilterLogEvents, 3,000 lines of French with \u00e9 and the like
// get       GetLogEvents, 10,000 lines of 60 to 100 bytes
// giant     GetLogEvents, one message of a megabyte
// reordered short80 with the members of an event in the order of the alphabet
// indented  short80 with line breaks and blanks
// unknown   short80 with a member in each event that nobody knows
[[nodiscard]] std::vector<Corpus> make_corpora();

}  // namespace crosslog::bench

#endif  // CROSSLOG_BENCH_CORPORA_H_
