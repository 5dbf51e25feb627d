// How Python writes values. The AWS CLI is a Python program: its caches, its tokens
// and its messages are what Python makes of texts and numbers.
// write_python() and write_python_json() of crosslog/document.h are made of these.
#ifndef CROSSLOG_SRC_WIRE_PYTHON_H_
#define CROSSLOG_SRC_WIRE_PYTHON_H_

#include <string>
#include <string_view>

#include "crosslog/document.h"

namespace crosslog::wire {

// repr(text): "'ten'". A byte that is no UTF-8 is "\xff".
void append_python(std::string& out, std::string_view text);
// json.dumps(text): ASCII, "\u00e9" for the rest. What is no UTF-8 is U+FFFD.
void append_python_json(std::string& out, std::string_view text);
void append_python_json(std::string& out, const Document& document);

// repr(number): "2.0", "1e+16", "inf".
[[nodiscard]] std::string write_python(double number);
// json.dumps(number): "Infinity".
[[nodiscard]] std::string write_python_json(double number);

}  // namespace crosslog::wire

#endif  // CROSSLOG_SRC_WIRE_PYTHON_H_
