/* textDocument/documentColor and colorPresentation. */
#include "lsp/feature/colours.h"

#include <math.h>

#include "lsp/protocol/methods.h"

static json_t *part(uint32_t rgb, int shift) { return json_real((rgb >> shift & 0xFF) / 255.0); }

json_t *colours_list(Call *call) {
  Colour *colours;
  size_t count = colours_of(&call->spot, call->arena, &colours);
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++)
    json_array_append_new(list, json_pack("{s:o, s:{s:o, s:o, s:o, s:i}}", "range",
                                          json_range(call, call->spot.file, colours[i].span), "color", "red",
                                          part(colours[i].rgb, 16), "green", part(colours[i].rgb, 8), "blue",
                                          part(colours[i].rgb, 0), "alpha", 1));
  return list;
}

static bool read_part(const json_t *colour, const char *key, uint32_t *rgb) {
  const json_t *number = json_object_get(colour, key);
  if (!json_is_number(number)) return false;
  double value = fmax(0, fmin(1, json_number_value(number)));
  *rgb = *rgb << 8 | (uint32_t)lround(value * 255);
  return true;
}

/* Without its transparency: a map knows none. */
json_t *colours_present(Call *call) {
  const json_t *colour = json_object_get(call->params, "color");
  Span span;
  uint32_t rgb = 0;
  if (!read_part(colour, "red", &rgb) || !read_part(colour, "green", &rgb) || !read_part(colour, "blue", &rgb))
    return call_wrong(call, "color has no numbers red, green and blue");
  if (!call_read_range(call, call->spot.file, json_object_get(call->params, "range"), &span))
    return call_wrong(call, "range is none");
  Str text = colour_text(rgb, span.end - span.start == 4, call->arena);
  return json_pack("[{s:o, s:o}]", "label", json_of(text), "textEdit",
                   json_text_edit(call, call->spot.file, span, text));
}

void colours_announce(const Client *client, json_t *capabilities) {
  (void)client;
  json_object_set_new(capabilities, "colorProvider", json_true());
}
