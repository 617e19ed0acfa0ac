/* A verb's help in terminals of several widths. */
#include "unit/check.h"
#include "write/terminal_help.h"

static const char help[] = "journey draw [PATH…]   draws maps in a terminal\n"
                           "\n"
                           "  $ journey draw                       those of the project around this folder\n"
                           "  $ journey draw a-file-with-a-rather-long-name.journey\n"
                           "  $ journey draw --width 100 | less    in 100 columns\n"
                           "\n"
                           "  --width N   columns; the terminal's where not given\n"
                           "              a line of its own, below the others\n"
                           "\n"
                           "What is drawn follows the width, so that no line of it is longer than\n"
                           "the terminal. Another sentence.\n"
                           "Exit code: 0 drawn.\n";

static void try(int width, const char *expected) {
  Buf out = {0};
  terminal_write_help((Str){help, sizeof help - 1}, width, &out);
  CHECK_STR(buf_str(&out), expected);
  buf_free(&out);
}

int main(void) {
  try(0, help);
  try(80, help); /* it fits */
  try(50, "journey draw [PATH…]   draws maps in a terminal\n"
          "\n"
          "  $ journey draw\n"
          "      those of the project around this folder\n"
          "  $ journey draw a-file-with-a-rather-long-name.journey\n"
          "  $ journey draw --width 100 | less\n"
          "      in 100 columns\n"
          "\n"
          "  --width N   columns; the terminal's where not\n"
          "              given\n"
          "              a line of its own, below the others\n"
          "\n"
          "What is drawn follows the width, so that no line\n"
          "of it is longer than the terminal. Another\n"
          "sentence.\n"
          "Exit code: 0 drawn.\n");
  try(20, help); /* as the terminal breaks it */
  return CHECK_DONE();
}
