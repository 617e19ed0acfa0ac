#include "write/picture.h"

#include <math.h>

#include "base/calendar.h"
#include "base/limits.h"
#include "base/os.h"

#define MEANWHILE \
  "until then, browsers, Inkscape and slides open what `journey build --format svg` draws, and the page of " \
  "`journey build` prints as a PDF"

#ifndef JOURNEY_PICTURES

Str picture_library(Arena *arena, Str *why) {
  (void)arena;
  *why = STR("this journey was built without librsvg: with librsvg2-dev and libcairo2-dev installed, build it "
             "anew; " MEANWHILE);
  return STR("");
}

bool picture_write(Str drawing, const PictureStyle *style, Arena *arena, Buf *to, Str *why) {
  (void)drawing, (void)style, (void)to;
  picture_library(arena, why);
  return false;
}

#else

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

/* ---- the libraries ---- */

#define FUNCTIONS(F) \
  F(rsvg_handle_new_from_stream_sync) \
  F(rsvg_handle_set_dpi) \
  F(rsvg_handle_get_intrinsic_size_in_pixels) \
  F(rsvg_handle_render_document) \
  F(g_memory_input_stream_new_from_data) \
  F(g_object_unref) \
  F(g_error_free) \
  F(cairo_image_surface_create) \
  F(cairo_pdf_surface_create_for_stream) \
  F(cairo_pdf_surface_set_metadata) \
  F(cairo_surface_write_to_png_stream) \
  F(cairo_surface_finish) \
  F(cairo_surface_status) \
  F(cairo_surface_destroy) \
  F(cairo_create) \
  F(cairo_scale) \
  F(cairo_paint) \
  F(cairo_set_source_rgb) \
  F(cairo_status) \
  F(cairo_status_to_string) \
  F(cairo_destroy)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
  FUNCTIONS(MEMBER)
#undef MEMBER
  void *rsvg;
} Library;

/* librsvg brings cairo and GLib along: what they have is found through it. */
static const Library *load(Arena *arena, Str *why) {
  Library *library = ARENA_NEW(arena, Library);
  library->rsvg = os_library("librsvg-2.so.2");
  bool whole = library->rsvg != NULL;
#define FIND(name) whole = whole && (*(void **)&library->name = os_library_symbol(library->rsvg, #name)) != NULL;
  FUNCTIONS(FIND)
#undef FIND
  if (whole) return library;
  *why = STR("PNG and PDF are drawn by librsvg, which is not on this machine: install librsvg2-2; " MEANWHILE);
  return NULL;
}

Str picture_library(Arena *arena, Str *why) {
  const Library *library = load(arena, why);
  if (!library) return STR("");
  const unsigned *major = os_library_symbol(library->rsvg, "rsvg_major_version"),
                 *minor = os_library_symbol(library->rsvg, "rsvg_minor_version"),
                 *micro = os_library_symbol(library->rsvg, "rsvg_micro_version");
  if (!major || !minor || !micro) return STR("librsvg");
  return arena_format(arena, "librsvg %u.%u.%u", *major, *minor, *micro);
}

/* ---- one picture ---- */

typedef struct {
  const Library *library;
  const PictureStyle *style;
  RsvgHandle *drawing;
  double width, height; /* of the drawing, in its own units, which are those of CSS: 96 an inch */
  Arena *arena;
  Str *why;
} Picture;

static bool fail(const Picture *picture, const char *why) {
  *picture->why = arena_format(picture->arena, "the picture can't be drawn: %s", why);
  return false;
}

static bool fail_by(const Picture *picture, GError *error) {
  fail(picture, error ? error->message : "librsvg does not say why");
  if (error) picture->library->g_error_free(error);
  return false;
}

static bool read_drawing(Picture *picture, Str text) {
  const Library *l = picture->library;
  GError *error = NULL;
  GInputStream *stream = l->g_memory_input_stream_new_from_data(text.at, (gssize)text.len, NULL);
  picture->drawing = l->rsvg_handle_new_from_stream_sync(stream, NULL, RSVG_HANDLE_FLAG_UNLIMITED, NULL, &error);
  l->g_object_unref(stream);
  if (!picture->drawing) return fail_by(picture, error);
  l->rsvg_handle_set_dpi(picture->drawing, 96);
  if (l->rsvg_handle_get_intrinsic_size_in_pixels(picture->drawing, &picture->width, &picture->height)) return true;
  return fail(picture, "the drawing has no size");
}

static cairo_status_t keep(void *to, const unsigned char *bytes, unsigned length) {
  buf_add(to, (Str){(const char *)bytes, length});
  return CAIRO_STATUS_SUCCESS;
}

/* Paints the drawing on white paper. */
static bool paint(const Picture *picture, cairo_surface_t *surface, double scale) {
  const Library *l = picture->library;
  GError *error = NULL;
  cairo_t *cairo = l->cairo_create(surface);
  l->cairo_set_source_rgb(cairo, 1, 1, 1);
  l->cairo_paint(cairo);
  l->cairo_scale(cairo, scale, scale);
  RsvgRectangle all = {0, 0, picture->width, picture->height};
  bool drawn = l->rsvg_handle_render_document(picture->drawing, cairo, &all, &error);
  cairo_status_t status = l->cairo_status(cairo);
  l->cairo_destroy(cairo);
  if (!drawn) return fail_by(picture, error);
  return status == CAIRO_STATUS_SUCCESS || fail(picture, l->cairo_status_to_string(status));
}

static bool finish(const Picture *picture, cairo_surface_t *surface, cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) status = picture->library->cairo_surface_status(surface);
  return status == CAIRO_STATUS_SUCCESS || fail(picture, picture->library->cairo_status_to_string(status));
}

/* The largest scale at which a PNG may be drawn, rounded down to what is easily typed. */
static double largest_scale(double width, double height) {
  double side = LIMIT_PICTURE_SIDE / fmax(width, height), area = sqrt(LIMIT_PICTURE_DOTS / (width * height));
  return floor(fmin(side, area) * 100) / 100;
}

static bool fits(const Picture *picture, double width, double height) {
  if (width <= LIMIT_PICTURE_SIDE && height <= LIMIT_PICTURE_SIDE && width * height <= LIMIT_PICTURE_DOTS) return true;
  double largest = largest_scale(picture->width, picture->height);
  Buf advice = {0};
  if (largest > 0)
    buf_add_c(&advice, "draw it with --scale "), buf_number(&advice, largest, 2), buf_add_c(&advice, ", or ");
  *picture->why =
      arena_format(picture->arena,
                   "a PNG of %.0f × %.0f dots is too large: it may have %d each way, and %d million in "
                   "all; " STR_FMT "as a PDF, which has no dots",
                   width, height, LIMIT_PICTURE_SIDE, LIMIT_PICTURE_DOTS / 1000000, STR_ARG(buf_str(&advice)));
  buf_free(&advice);
  return false;
}

static bool write_png(const Picture *picture, Buf *to) {
  const Library *l = picture->library;
  double width = ceil(picture->width * picture->style->scale), height = ceil(picture->height * picture->style->scale);
  if (!fits(picture, width, height)) return false;
  cairo_surface_t *surface = l->cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
  bool done = finish(picture, surface, CAIRO_STATUS_SUCCESS) && paint(picture, surface, picture->style->scale) &&
              finish(picture, surface, l->cairo_surface_write_to_png_stream(surface, keep, to));
  l->cairo_surface_destroy(surface);
  return done;
}

static Str day_text(int32_t days, Arena *arena) {
  CalendarDay day = calendar_day(days);
  return arena_format(arena, "%04d-%02d-%02dT00:00:00Z", day.year, day.month, day.day);
}

/* A page as large as the map; no reader shows one that is longer than LIMIT_PDF_SIDE, so that the map is drawn smaller
 * then, which costs a PDF nothing. */
static bool write_pdf(const Picture *picture, Buf *to) {
  const Library *l = picture->library;
  double scale = fmin(72.0 / 96, LIMIT_PDF_SIDE / fmax(picture->width, picture->height));
  cairo_surface_t *surface =
      l->cairo_pdf_surface_create_for_stream(keep, to, picture->width * scale, picture->height * scale);
  Str title = arena_copy(picture->arena, picture->style->title), day = day_text(picture->style->today, picture->arena);
  l->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.at);
  l->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day.at);
  bool done = finish(picture, surface, CAIRO_STATUS_SUCCESS) && paint(picture, surface, scale);
  l->cairo_surface_finish(surface);
  done = done && finish(picture, surface, CAIRO_STATUS_SUCCESS);
  l->cairo_surface_destroy(surface);
  return done;
}

bool picture_write(Str drawing, const PictureStyle *style, Arena *arena, Buf *to, Str *why) {
  Picture picture = {.library = load(arena, why), .style = style, .arena = arena, .why = why};
  if (!picture.library) return false;
  bool done = read_drawing(&picture, drawing) && (style->kind == PICTURE_PNG ? write_png : write_pdf)(&picture, to);
  if (picture.drawing) picture.library->g_object_unref(picture.drawing);
  return done;
}

#endif
