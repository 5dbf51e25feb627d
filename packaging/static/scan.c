/* What libcurl and libcrypto ask of sscanf(3): numbers of a status line, a set of
   characters, an IPv4 address. The C library's own reads every kind of floating
   point as well: 75 KB. A conversion that is not here stops the program, in the
   test of this file and not at a user's. */
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Reads a decimal number of at most `width` characters; NULL: there is none. */
static const char* number(const char* text, int width, int* value) {
  long sum = 0;
  int digits = 0, minus;
  minus = *text == '-';
  if (minus || *text == '+') ++text, --width;
  for (; digits < width && is_digit(text[digits]); ++digits)
    if (__builtin_mul_overflow(sum, 10L, &sum) ||
        __builtin_add_overflow(sum, (long)(text[digits] - '0'), &sum))
      sum = LONG_MAX;
  *value = (int)(minus ? -sum : sum);
  return digits ? text + digits : NULL;
}

/* Whether `c` is in the set that begins after a [; *end is behind its ]. No ranges. */
static int in_set(const char* set, char c, const char** end) {
  const int others = *set == '^';
  const char* last;
  if (others) ++set;
  last = strchr(set + 1, ']');
  *end = last + 1;
  return (memchr(set, c, (size_t)(last - set)) != NULL) != others;
}

int __isoc99_sscanf(const char* text, const char* format, ...);

int __isoc99_sscanf(const char* text, const char* format, ...) {
  const char* const begin = text;
  int found = 0, at_end = 0;
  va_list results;
  va_start(results, format);
  while (*format) {
    int width = 0, value = 0;
    if (is_space(*format)) {
      for (++format; is_space(*text); ++text) {
      }
      continue;
    }
    if (*format != '%') {
      at_end = !*text;
      if (*text++ != *format++) break;
      continue;
    }
    for (++format; is_digit(*format); ++format)
      width = width * 10 + (*format - '0');
    if (*format == 'n') {
      ++format;
      *va_arg(results, int*) = (int)(text - begin);
      continue;
    }
    if (*format == 'd' || *format == 'u')
      while (is_space(*text))
        ++text;
    if ((at_end = !*text)) break;
    if (*format == 'd' || *format == 'u') {
      ++format;
      if (!(text = number(text, width ? width : INT_MAX, &value))) break;
      *va_arg(results, int*) = value;
    } else if (*format == 'c' && !width) {
      ++format;
      *va_arg(results, char*) = *text++;
    } else if (*format == '[' && width) {
      const char *set = ++format, *start = text;
      char* to = va_arg(results, char*);
      in_set(set, 0, &format);
      while (*text && text - start < width && in_set(set, *text, &format))
        *to++ = *text++;
      if (text == start) break;
      *to = 0;
    } else {
      abort();
    }
    ++found;
  }
  va_end(results);
  return at_end && !found ? -1 : found;
}
