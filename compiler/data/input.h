/* The bytes of a file, unpacked where it is packed by gzip. */
#ifndef JOURNEY_DATA_INPUT_H
#define JOURNEY_DATA_INPUT_H

#include "base/arena.h"

typedef struct Input Input;

/* NULL with `*why`, in the arena, where it can't be opened. The input itself lives in the arena too. */
/* `text`, where it is not NULL, stands for what is in the file. */
Input *input_open(Arena *arena, const char *path, const Str *text, Str *why);
void input_close(Input *input);
/* As many bytes as there is room for; fewer only at the end. False, with `*why`, where nothing more can be read; what
 * was read up to there is counted in `*got`. */
bool input_read(Input *input, char *to, size_t room, size_t *got, Str *why);
bool input_is_packed(const Input *input);
/* Bytes of the file as it lies on the disk. */
void input_progress(const Input *input, uint64_t *read, uint64_t *size);

#endif
