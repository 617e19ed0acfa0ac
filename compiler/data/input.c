#include "data/input.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/os.h"

enum { PACKED_BYTES = 64 << 10, GZIP_WINDOW = 15 + 16 /* the largest; with a header of gzip */ };

struct Input {
  FILE *file;
  uint64_t read, size;
  bool packed, between_members, at_end;
  z_stream unpacker;
  unsigned char *packed_bytes; /* NULL: not packed */
};

static const unsigned char gzip_magic[] = {0x1F, 0x8B};

static bool begins_as_gzip(FILE *file) {
  unsigned char magic[sizeof gzip_magic];
  size_t got = fread(magic, 1, sizeof magic, file);
  rewind(file);
  return got == sizeof magic && memcmp(magic, gzip_magic, sizeof magic) == 0;
}

static bool start_unpacking(Input *input) {
  input->packed_bytes = mem_alloc(PACKED_BYTES);
  input->packed = inflateInit2(&input->unpacker, GZIP_WINDOW) == Z_OK;
  return input->packed;
}

static FILE *open_text(const Str *text, Str *why) {
  FILE *file = fmemopen(text->len ? (void *)(uintptr_t)text->at : NULL, text->len, "rb");
  if (!file) *why = STR("memory is out");
  return file;
}

Input *input_open(Arena *arena, const char *path, const Str *text, Str *why) {
  FILE *file = text ? open_text(text, why) : os_open_file(arena, path, why);
  if (!file) return NULL;
  Input *input = ARENA_NEW(arena, Input);
  input->file = file;
  setvbuf(file, NULL, _IONBF, 0); /* whole blocks are asked for */
  if (fseek(file, 0, SEEK_END) == 0) {
    long size = ftell(file);
    input->size = size > 0 ? (uint64_t)size : 0;
  }
  rewind(file);
  if (begins_as_gzip(file) && !start_unpacking(input)) {
    *why = STR("it can't be unpacked");
    input_close(input);
    return NULL;
  }
  return input;
}

void input_close(Input *input) {
  if (input->file) fclose(input->file);
  if (input->packed) inflateEnd(&input->unpacker);
  free(input->packed_bytes);
  *input = (Input){0};
}

static bool read_raw(Input *input, void *to, size_t room, size_t *got, Str *why) {
  *got = fread(to, 1, room, input->file);
  input->read += *got;
  bool fine = !ferror(input->file), shorter = *got < room && input->read < input->size;
  if (!fine) *why = STR("the disk could not read it");
  else if (shorter) *why = STR("it became shorter while it was read: try again when it is written");
  return fine && !shorter;
}

static bool more_packed(Input *input, Str *why) {
  size_t got = 0;
  bool fine = read_raw(input, input->packed_bytes, PACKED_BYTES, &got, why);
  input->unpacker.next_in = input->packed_bytes;
  input->unpacker.avail_in = (unsigned)got;
  input->at_end = got == 0;
  return fine;
}

/* Behind an archive another may follow, or zeros up to the end of a block of a tape. */
static bool next_member(Input *input, Str *why) {
  while (input->unpacker.avail_in > 0 && *input->unpacker.next_in == 0) {
    input->unpacker.next_in++;
    input->unpacker.avail_in--;
  }
  if (input->unpacker.avail_in == 0) return true;
  if (*input->unpacker.next_in != gzip_magic[0]) {
    *why = STR("it is no valid gzip file: something else follows behind the archive");
    return false;
  }
  inflateReset(&input->unpacker);
  input->between_members = false;
  return true;
}

static bool unpack(Input *input, Str *why) {
  int result = inflate(&input->unpacker, Z_NO_FLUSH);
  input->between_members = result == Z_STREAM_END;
  if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR) return true;
  *why = STR("it is no valid gzip file: it is damaged");
  return false;
}

static bool read_packed(Input *input, char *to, size_t room, size_t *got, Str *why) {
  bool fine = true;
  unsigned asked = room < UINT_MAX ? (unsigned)room : UINT_MAX;
  input->unpacker.next_out = (unsigned char *)to;
  input->unpacker.avail_out = asked;
  while (fine && input->unpacker.avail_out > 0) {
    if (input->unpacker.avail_in == 0) fine = more_packed(input, why);
    if (!fine || input->at_end) break;
    fine = input->between_members ? next_member(input, why) : unpack(input, why);
  }
  if (fine && input->at_end && !input->between_members) {
    *why = STR("the gzip file ends too early: only a part of it was copied or downloaded");
    fine = false;
  }
  *got = asked - input->unpacker.avail_out;
  return fine;
}

bool input_read(Input *input, char *to, size_t room, size_t *got, Str *why) {
  return input->packed ? read_packed(input, to, room, got, why) : read_raw(input, to, room, got, why);
}

bool input_is_packed(const Input *input) { return input->packed; }

void input_progress(const Input *input, uint64_t *read, uint64_t *size) {
  *read = input->read - (input->packed ? input->unpacker.avail_in : 0);
  *size = input->size;
}
