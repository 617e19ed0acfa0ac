/* Fields that a spreadsheet reads as they were written, and never as a formula. */
#include "write/csv.h"

#include <math.h>

#include "check.h"

static void check_row(const char *text, const char *row) {
  Buf out = {0};
  csv_text(&out, STR("first"));
  csv_text(&out, str_of(text));
  csv_end(&out);
  CHECK_STR(buf_str(&out), row);
  buf_free(&out);
}

int main(void) {
  check_row("plain", "first,plain\r\n");
  check_row("a, b", "first,\"a, b\"\r\n");
  check_row("say \"hello\"", "first,\"say \"\"hello\"\"\"\r\n");
  check_row("two\nlines", "first,\"two\nlines\"\r\n");
  check_row("", "first,\"\"\r\n");
  check_row("=1+1", "first,'=1+1\r\n");
  check_row("@SUM(A1)", "first,'@SUM(A1)\r\n");
  check_row("-cmd", "first,'-cmd\r\n");
  check_row("\tindented", "first,'\tindented\r\n");
  check_row("+1, later", "first,\"'+1, later\"\r\n");
  Buf out = {0};
  csv_number(&out, -0.5);
  csv_number(&out, NAN);
  csv_number(&out, INFINITY);
  csv_number(&out, 12);
  CHECK_STR(buf_str(&out), "-0.5,,,12");
  buf_free(&out);
  return CHECK_DONE();
}
