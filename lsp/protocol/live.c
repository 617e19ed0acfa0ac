#include "lsp/protocol/live.h"

#include "lsp/protocol/commands.h"
#include "lsp/protocol/preview.h"

static Str id_of(const Project *p, const Journey *journey) {
  return unit_id(project_unit(p, journey->at), journey->at.at);
}

bool live_draw(const LspDrawing *drawing, const CallState *state, const Journey *journey, Str name) {
  Arena *arena = arena_new();
  DrawingOf of = preview_of(state, arena);
  DrawnPlaces places;
  Buf page = {0};
  drawing->map(&of, journey, STR("html"), &places, &page);
  bool shown = drawing->live->publish(drawing->live->context, name, item_title(of.project, &journey->item, arena),
                                      buf_str(&page), STR(""));
  buf_free(&page);
  arena_free(arena);
  return shown;
}

void live_say(const LspDrawing *drawing, const LivePage *page, Str message) {
  drawing->live->publish(drawing->live->context, str_of(page->name), STR(""), STR(""), message);
}

const Journey *live_journey(const LivePage *page, const Snapshot *snapshot) {
  uint32_t unit = snapshot_unit(snapshot, str_of(page->path)), count = 0;
  const Project *p = snapshot->project;
  const Journey *only = NULL;
  for (uint32_t i = 0; unit != NONE && i < p->journey_count; i++) {
    if (p->journeys[i].at.unit != unit) continue;
    if (str_is_c(id_of(p, &p->journeys[i]), page->journey)) return &p->journeys[i];
    only = &p->journeys[i];
    count++;
  }
  return count == 1 ? only : NULL;
}

/* ---- a page is asked for ---- */

typedef struct {
  Str name, path, journey, address;
  uint64_t snapshot, late;
} Opened;

static LivePage *find(Session *session, Str name) {
  for (size_t i = 0; i < session->live.len; i++)
    if (str_is_c(name, session->live.at[i].name)) return &session->live.at[i];
  return NULL;
}

static void show(Session *session, Call *call) {
  const Opened *opened = call->then_with;
  LivePage *page = find(session, opened->name);
  if (!page) {
    vec_push(&session->live,
             (LivePage){strdup(opened->name.at), strdup(opened->path.at), strdup(opened->journey.at), 0, 0});
    page = &session->live.at[session->live.len - 1];
  }
  page->snapshot = opened->snapshot;
  page->late = opened->late;
  preview_show(session, opened->address, true,
               arena_format(call->arena, "The live map: " STR_FMT, STR_ARG(opened->address)));
}

json_t *live_open(Call *call, const CallState *state, const File *file, const Journey *journey) {
  const LspLive *live = call->drawing->live;
  if (!live || client_can(call->client, "experimental.journeyContent")) return NULL;
  Str id = id_of(state->snapshot->project, journey);
  Opened *opened = ARENA_NEW(call->arena, Opened);
  *opened = (Opened){.name = live->name(arena_format(call->arena, STR_FMT "-%08x", STR_ARG(id),
                                                     (unsigned)(file->path_hash & 0xFFFFFFFF)),
                                        call->arena),
                     .path = arena_copy(call->arena, file->path),
                     .journey = arena_copy(call->arena, id),
                     .snapshot = state->snapshot->number,
                     .late = state->late ? state->late->snapshot->number : 0};
  if (!live_draw(call->drawing, state, journey, opened->name)) return NULL;
  opened->address = live->address(live->context, opened->name, call->arena);
  call->then = show;
  call->then_with = opened;
  return json_pack("{s:o}", "uri", json_of(opened->address));
}

void live_forget(Session *session) {
  for (size_t i = 0; i < session->live.len; i++) {
    LivePage *page = &session->live.at[i];
    free(page->name), free(page->path), free(page->journey);
  }
  vec_free(&session->live);
}
