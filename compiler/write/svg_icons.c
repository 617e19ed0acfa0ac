#include "write/svg_icons.h"

/* clang-format off */
static const Icon icons[] = {
    /* ---- channels ---- */
    {"web", 24, "<path d='M3.5 5h17v14h-17zM3.5 9.2h17'/><path d='M6.2 7.1h.1M8.9 7.1h.1'/>"},
    {"email", 24, "<path d='M3 5.5h18v13H3zM3.4 6.2l8.6 7 8.6-7'/>"},
    {"phone", 24,
     "<path d='M7.6 3.6 4.9 5c-.9.5-1.3 1.5-1.2 2.5C4.6 14.2 9.8 19.4 16.5 20.3c1 .1 2-.3 2.5-1.2l1.4-2.7-4.5-2.5-1.7 "
     "1.8c-2.6-1-4.9-3.3-5.9-5.9l1.8-1.7z'/>"},
    {"chat", 24, "<path d='M4 4.5h16v11.5H11.5L7 20v-4H4zM8 9h8M8 12h5'/>"},
    {"social", 24,
     "<circle cx='6' cy='12' r='2.7'/><circle cx='17.5' cy='6' r='2.7'/><circle cx='17.5' cy='18' r='2.7'/><path "
     "d='M8.4 "
     "10.8 15 7.3M8.4 13.2l6.6 3.5'/>"},
    {"person", 24, "<circle cx='12' cy='7.8' r='3.8'/><path d='M4.5 20.5c.6-4.3 3.6-6.5 7.5-6.5s6.9 2.2 7.5 6.5'/>"},
    {"invoice", 24,
     "<path d='M5.5 3.5h13v17l-2.2-1.5-2.1 1.5-2.2-1.5-2.2 1.5-2.1-1.5-2.2 1.5zM9 8h6M9 11.5h6M9 15h3'/>"},
    {"form", 24, "<path d='M5 4h14v16.5H5zM8 8.5l1.2 1.2 2-2.2M13.5 8.7H16M8 14.5l1.2 1.2 2-2.2M13.5 14.7H16'/>"},
    {"ad", 24, "<path d='M4 9.5v5h3.5l9 4.5V5l-9 4.5zM7.5 14.5l1.5 5h2.5M19.5 9.8c.8 1.4.8 3 0 4.4'/>"},
    {"review", 24, "<path d='m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z'/>"},
    {"event", 24, "<path d='M4 5.5h16v15H4zM4 10h16M8.5 3v4.5M15.5 3v4.5M8 14h3M8 17h6'/>"},
    {"book", 24,
     "<path d='M12 6.5C10 5 7 4.5 3.5 4.5v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-14C17 4.5 14 5 12 6.5zM12 6.5v14'/>"},
    {"api", 24,
     "<path d='M8.5 4C6 4 6.5 6.5 6.5 8.5S6 12 4 12c2 0 2.5 1.5 2.5 3.5S6 20 8.5 20M15.5 4c2.5 0 2 2.5 2 4.5s.5 "
     "3.5 2.5 3.5c-2 0-2.5 1.5-2.5 3.5s.5 4.5-2 4.5M12 12h.1'/>"},
    {"app", 24, "<rect x='6.5' y='2.5' width='11' height='19' rx='2'/><path d='M10.5 18.5h3'/>"},
    {"post", 24,
     "<path d='M3 18.5V10c0-2.5 1.7-4 4-4h10c2.3 0 4 1.5 4 4v8.5zM11 18.5V10c0-2.5-1.7-4-4-4M5.5 11h3M15 "
     "10.5h3.5M18.5 10.5v3'/>"},
    {"shop", 24,
     "<path d='M4.5 10.5V20h15v-9.5M3 8l1.8-4h14.4L21 8c0 1.5-1 2.5-2.5 2.5S16 9.5 15.5 8.5c-.5 1-1.7 2-3.5 "
     "2s-3-1-3.5-2c-.5 1-1.5 2-3 2S3 9.5 3 8zM10 20v-5.5h4V20'/>"},
    {"video", 24, "<path d='M3 6.5h12v11H3zM15 10.5l6-3.5v10l-6-3.5'/>"},
    {"document", 24, "<path d='M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5M9 12h6M9 15.5h6'/>"},
    {"dot", 24, "<circle cx='12' cy='12' r='4' class='f'/>"},
    /* ---- marks ---- */
    {"goal", 16, "<path d='M3.5 15V1.8M3.5 2.5h8.5l-1.8 3 1.8 3H3.5'/>"},
    {"moment", 16, "<path class='f' d='M8 .6 10.2 5.3l5.2.7-3.8 3.6.9 5.1L8 12.2l-4.5 2.5.9-5.1L.6 6l5.2-.7z'/>"},
    {"need", 16, "<circle cx='8' cy='8' r='6.2'/>"},
    {"need-met", 16, "<circle class='f' cx='8' cy='8' r='7.2'/><path class='pa' d='m4.6 8.2 2.4 2.5 4.5-5'/>"},
    {"need-partly", 16, "<circle cx='8' cy='8' r='6.2'/><path class='f' d='M8 1.8a6.2 6.2 0 0 1 0 12.4z'/>"},
    {"need-unmet", 16, "<circle cx='8' cy='8' r='6.2'/><path d='m5.5 5.5 5 5m0-5-5 5'/>"},
    {"pain-0", 16, "<path d='M8 2.5 14.5 13.5h-13z'/>"},
    {"pain-1", 16, "<circle cx='8' cy='8' r='6.2'/><path d='M5 8h6'/>"},
    {"pain-2", 16, "<path d='M8 1.2 14.8 8 8 14.8 1.2 8z'/><path d='M8 4.8v4M8 11v.1'/>"},
    {"pain-3", 16, "<path class='f' d='M8 .8 15.6 14.4H.4z'/><path class='pa' d='M8 5.8v4M8 12v.1'/>"},
    {"pain-4", 16,
     "<path class='f' d='M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9z'/><path class='pa' d='M8 3.8v5M8 11.8v.1'/>"},
    {"idea", 16, "<path d='M6 12.5C5.8 10.5 3.5 9.6 3.5 6.3a4.5 4.5 0 0 1 9 0c0 3.3-2.3 4.2-2.5 6.2zM6.5 15h3'/>"},
    {"clock", 16, "<circle cx='8' cy='8' r='6.5'/><path d='M8 4.3V8l2.5 1.8'/>"},
    {"wait", 16,
     "<path d='M3.5 1.5h9M3.5 14.5h9M4.5 1.5c0 4 3.5 4.5 3.5 6.5s-3.5 2.5-3.5 6.5M11.5 1.5c0 4-3.5 4.5-3.5 6.5s3.5 2.5 "
     "3.5 "
     "6.5'/>"},
    {"system", 16, "<path d='M2 2.5h12v8.5H2zM5.5 14h5M8 11v3'/>"},
    {"nobody", 16,
     "<circle cx='8' cy='8' r='6.5' stroke-dasharray='2.6 2'/><path d='M6.2 6.3c.2-2.5 3.8-2.3 3.7 0C9.8 7.7 8 7.7 8 "
     "9.2M8 11.3v.1'/>"},
    {"warning", 16, "<path class='f' d='M8 .8 15.6 14.4H.4z'/><path class='pa' d='M8 5.8v4M8 12v.1'/>"},
    {"target", 16, "<circle cx='8' cy='8' r='6.5'/><circle cx='8' cy='8' r='2.6'/>"},
    {"target-missed", 16, "<circle cx='8' cy='8' r='6.2'/><path d='m5.5 5.5 5 5m0-5-5 5'/>"},
    {"target-met", 16, "<path d='m2.5 8.5 3.8 4 7.2-8.5'/>"},
    {"handover", 16, "<path d='M1.5 8h9.3M7.2 4.3 10.9 8l-3.7 3.7M14.2 2.2v11.6'/>"},
    {"quote", 16,
     "<path class='f' d='M1.6 9.4c0-3.3 1.5-5.4 4.2-6.4l.7 1.3C5 5.1 4.4 6 4.3 7.2h2.6v5.3H1.6zM9 9.4c0-3.3 1.5-5.4 "
     "4.2-6.4l.7 1.3c-1.5.8-2.1 1.7-2.2 2.9h2.6v5.3H9z'/>"},
    {"firm", 16, "<path d='M3 14.3V2h6.8v12.3M9.8 6.3H13v8M1.4 14.3h13.2M5.4 5h.1M7.4 5h.1M5.4 8h.1M7.4 8h.1M5.4 11h.1M7.4 11h.1'/>"},
    {"serves-partly", 16, "<circle cx='8' cy='8' r='6.2'/><path class='f' d='M1.8 8a6.2 6.2 0 0 0 12.4 0z'/>"},
    {"serves-nothing", 16, "<circle cx='8' cy='8' r='6.2'/><path d='M3.8 12.2 12.2 3.8'/>"},
    {"added", 16, "<circle class='f' cx='8' cy='8' r='7.2'/><path class='pa' d='M8 4.5v7M4.5 8h7'/>"},
    {"dropped", 16, "<circle cx='8' cy='8' r='6.5'/><path d='M4.8 8h6.4'/>"},
    {"moved", 16, "<circle cx='8' cy='8' r='6.5'/><path d='M4.3 8h7M8.6 5.2 11.4 8l-2.8 2.8'/>"},
    {"changed", 16, "<circle cx='8' cy='8' r='6.5'/><path d='M4.5 9.2c1.2-2.4 2.3-2.4 3.5-1.2s2.3 1.2 3.5-1.2'/>"},
};
/* clang-format on */

const Icon *icon_find(Str name) {
  for (size_t i = 0; i < sizeof icons / sizeof *icons; i++)
    if (str_is_c(name, icons[i].name)) return &icons[i];
  return NULL;
}

const Icon *icon_at(size_t index) { return &icons[index]; }
size_t icon_index(const Icon *icon) { return (size_t)(icon - icons); }
_Static_assert(sizeof icons / sizeof *icons <= ICON_LIMIT, "more icons than ICON_LIMIT");
