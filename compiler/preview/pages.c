#include "preview/pages.h"

#include <stdlib.h>

Str preview_name(Str text, Arena *arena) {
  char *name = arena_alloc(arena, text.len + 1);
  for (size_t i = 0; i < text.len; i++) {
    char c = text.at[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    name[i] = plain ? c : '-';
  }
  name[text.len] = 0;
  return text.len > 0 ? (Str){name, text.len} : STR("map");
}

Page *pages_find(const Pages *pages, Str name) {
  for (size_t i = 0; i < pages->pages.len; i++)
    if (str_is_c(name, pages->pages.at[i]->name)) return pages->pages.at[i];
  return NULL;
}

static char *copy(Str text) { return strndup(text.len ? text.at : "", text.len); }

static bool set(char **to, Str text) {
  if (str_is_c(text, *to)) return false;
  free(*to);
  *to = copy(text);
  return true;
}

static Page *add(Pages *pages, Str name) {
  Page *page = mem_alloc(sizeof *page);
  *page = (Page){.name = copy(name), .title = copy(STR("")), .message = copy(STR(""))};
  vec_push(&pages->pages, page);
  return page;
}

bool pages_publish(Pages *pages, Str name, const PreviewPage *shown) {
  Page *page = pages_find(pages, name);
  bool changed = page == NULL;
  if (!page) page = add(pages, name);
  if (shown->title.len > 0 && set(&page->title, shown->title)) changed = true;
  if (set(&page->message, shown->message)) changed = true;
  bool draws = shown->html.len > 0 && !str_is(buf_str(&page->html), shown->html);
  if (!changed && !draws) return false;
  page->version = ++pages->clock;
  if (draws) {
    page->drawn = page->version;
    page->html.len = 0;
    buf_add(&page->html, shown->html);
  }
  return true;
}

/* One line of an event: what would end it, or a part of it, becomes a blank. */
static void add_plain(Buf *to, Str text) {
  for (size_t i = 0; i < text.len; i++) buf_add_byte(to, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

bool pages_list(Pages *pages, const PreviewEntry *entries, size_t count) {
  Buf list = {0};
  for (size_t i = 0; i < count; i++) {
    buf_add_c(&list, "data: ");
    add_plain(&list, entries[i].name);
    buf_add_byte(&list, '\t');
    add_plain(&list, entries[i].title);
    buf_add_byte(&list, '\t');
    add_plain(&list, entries[i].place);
    buf_add_byte(&list, '\n');
  }
  bool changed = !str_is(buf_str(&list), buf_str(&pages->list));
  buf_free(&pages->list);
  pages->list = list;
  if (changed) pages->list_version = ++pages->clock;
  return changed;
}

uint64_t pages_tell(const Pages *pages, const Page *page, uint64_t known, Buf *events) {
  if (pages->list_version > known) {
    buf_printf(events, "event: list\nid: %llu\n", (unsigned long long)pages->clock);
    buf_add(events, pages->list.len ? buf_str(&pages->list) : STR("data:\n"));
    buf_add_byte(events, '\n');
  }
  if (page && page->version > known) {
    buf_printf(events, "id: %llu\ndata: %llu\ndata: ", (unsigned long long)pages->clock,
               (unsigned long long)page->drawn);
    add_plain(events, str_of(page->title));
    Str rest = str_of(page->message);
    while (rest.len > 0) {
      buf_add_c(events, "\ndata: ");
      add_plain(events, str_cut(&rest, '\n'));
    }
    buf_add_c(events, "\n\n");
  }
  return pages->clock;
}

void pages_free(Pages *pages) {
  for (size_t i = 0; i < pages->pages.len; i++) {
    Page *page = pages->pages.at[i];
    free(page->name);
    free(page->title);
    free(page->message);
    buf_free(&page->html);
    free(page);
  }
  vec_free(&pages->pages);
  buf_free(&pages->list);
}
