/* The HTTP side, on the one thread of libmicrohttpd: who may ask, what there is to get, and the streams of events.
 *
 * A stream that has nothing to tell is suspended, and costs nothing. Whoever publishes resumes it. */
#include "preview/preview.h"

#ifdef JOURNEY_MICROHTTPD

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/os.h"
#include "preview/pages.h"

/* ---- the library ---- */

#define FUNCTIONS(F) \
  F(MHD_get_version) \
  F(MHD_start_daemon) \
  F(MHD_stop_daemon) \
  F(MHD_lookup_connection_value) \
  F(MHD_create_response_from_buffer) \
  F(MHD_create_response_from_callback) \
  F(MHD_add_response_header) \
  F(MHD_queue_response) \
  F(MHD_destroy_response) \
  F(MHD_suspend_connection) \
  F(MHD_resume_connection)

typedef struct {
#define MEMBER(name) __typeof__(name) *name;
  FUNCTIONS(MEMBER)
#undef MEMBER
} Library;

/* Only when a page is served: it brings others along, which every other verb would have to wait for. */
static bool load(Library *library) {
  void *found = os_library("libmicrohttpd.so.12");
  bool whole = found != NULL;
#define FIND(name) whole = whole && (*(void **)&library->name = os_library_symbol(found, #name)) != NULL;
  FUNCTIONS(FIND)
#undef FIND
  return whole;
}

Str preview_library(Arena *arena, Str *why) {
  Library library;
  *why = STR("live pages are served by libmicrohttpd, which is not on this machine: install "
             "libmicrohttpd12; " PREVIEW_MEANWHILE);
  return load(&library) ? arena_format(arena, "libmicrohttpd %s", library.MHD_get_version()) : STR("");
}

enum { TOKEN = 32 }; /* 128 bits in hexadecimal */

/* Somebody who is told of changes. Its owner is the connection. */
typedef struct Stream {
  Preview *preview;
  struct MHD_Connection *connection;
  Page *page; /* NULL: it looks at the list */
  uint64_t known;
  Buf events; /* being sent */
  size_t sent;
  bool is_suspended, is_to_prove; /* that its browser is there: by a comment, which nobody sees */
  struct Stream *next;
} Stream;

struct Preview {
  Library mhd;
  PreviewOptions options;
  struct MHD_Daemon *daemon;
  uint16_t port;
  char token[TOKEN + 1];
  pthread_mutex_t lock; /* of all below */
  Pages pages;
  Stream *streams;
  pthread_t proving;
  bool is_proving;
  pthread_cond_t changed;
  bool is_over;
};

/* ---- streams of events ---- */

/* With the lock. */
static void wake(Stream *stream) {
  if (!stream->is_suspended) return;
  stream->is_suspended = false;
  stream->preview->mhd.MHD_resume_connection(stream->connection);
}

static ssize_t read_stream(void *context, uint64_t at, char *bytes, size_t size) {
  (void)at;
  Stream *stream = context;
  Preview *preview = stream->preview;
  ssize_t count = 0;
  pthread_mutex_lock(&preview->lock);
  if (stream->sent == stream->events.len) {
    stream->events.len = stream->sent = 0;
    stream->known = pages_tell(&preview->pages, stream->page, stream->known, &stream->events);
    if (stream->events.len == 0 && stream->is_to_prove) buf_add_c(&stream->events, ":\n\n");
    stream->is_to_prove = false;
  }
  size_t left = stream->events.len - stream->sent;
  if (preview->is_over) count = MHD_CONTENT_READER_END_OF_STREAM;
  else if (left == 0) {
    stream->is_suspended = true;
    preview->mhd.MHD_suspend_connection(stream->connection);
  } else {
    count = (ssize_t)(left < size ? left : size);
    memcpy(bytes, stream->events.at + stream->sent, (size_t)count);
    stream->sent += (size_t)count;
  }
  pthread_mutex_unlock(&preview->lock);
  return count;
}

static void end_stream(void *context) {
  Stream *stream = context;
  Preview *preview = stream->preview;
  pthread_mutex_lock(&preview->lock);
  Stream **at = &preview->streams;
  while (*at != stream) at = &(*at)->next;
  *at = stream->next;
  if (stream->page) stream->page->lookers--;
  pthread_mutex_unlock(&preview->lock);
  buf_free(&stream->events);
  free(stream);
}

/* A browser that is gone is only known when something was sent to it. */
static void *prove_streams(void *context) {
  Preview *preview = context;
  pthread_mutex_lock(&preview->lock);
  while (!preview->is_over) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LIMIT_PREVIEW_PROOF_SECONDS;
    if (!preview->streams) pthread_cond_wait(&preview->changed, &preview->lock);
    else if (pthread_cond_timedwait(&preview->changed, &preview->lock, &until) == ETIMEDOUT)
      for (Stream *stream = preview->streams; stream; stream = stream->next) {
        stream->is_to_prove = true;
        wake(stream);
      }
  }
  pthread_mutex_unlock(&preview->lock);
  return NULL;
}

/* What the browser says that it knows already, after its connection was lost. */
static uint64_t known_by(const Preview *preview, struct MHD_Connection *connection) {
  const char *id = preview->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Last-Event-ID");
  return id ? strtoull(id, NULL, 10) : 0;
}

/* ---- answers ---- */

static const char shell_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
    "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
static const char map_policy[] = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

static enum MHD_Result send_response(const Preview *preview, struct MHD_Connection *connection, unsigned status,
                                     const char *type, const char *policy, struct MHD_Response *response) {
  const char *const headers[][2] = {{"Content-Type", type},
                                    {"Content-Security-Policy", policy},
                                    {"X-Content-Type-Options", "nosniff"},
                                    {"X-Frame-Options", "DENY"},
                                    {"Referrer-Policy", "no-referrer"},
                                    {"Cross-Origin-Resource-Policy", "same-origin"},
                                    {"Cross-Origin-Opener-Policy", "same-origin"},
                                    {"Cache-Control", "no-store"}};
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    preview->mhd.MHD_add_response_header(response, headers[i][0], headers[i][1]);
  if (status == MHD_HTTP_METHOD_NOT_ALLOWED) preview->mhd.MHD_add_response_header(response, "Allow", "GET, HEAD");
  if (policy == map_policy) preview->mhd.MHD_add_response_header(response, "Content-Disposition", "attachment");
  enum MHD_Result result = preview->mhd.MHD_queue_response(connection, status, response);
  preview->mhd.MHD_destroy_response(response);
  return result;
}

static enum MHD_Result send_text(const Preview *preview, struct MHD_Connection *connection, unsigned status,
                                 const char *type, const char *policy, Str text, enum MHD_ResponseMemoryMode memory) {
  struct MHD_Response *response = preview->mhd.MHD_create_response_from_buffer(text.len, (void *)text.at, memory);
  return response ? send_response(preview, connection, status, type, policy, response) : MHD_NO;
}

static enum MHD_Result refuse(const Preview *preview, struct MHD_Connection *connection, unsigned status, Str why) {
  return send_text(preview, connection, status, "text/plain; charset=utf-8", "default-src 'none'", why,
                   MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result not_found(const Preview *preview, struct MHD_Connection *connection) {
  return refuse(preview, connection, MHD_HTTP_NOT_FOUND,
                STR("There is nothing here. The address that `journey preview` printed is another for each run.\n"));
}

static enum MHD_Result send_page(Preview *preview, struct MHD_Connection *connection, Str name) {
  pthread_mutex_lock(&preview->lock);
  const Page *page = pages_find(&preview->pages, name);
  enum MHD_Result result = page && page->drawn ? send_text(preview, connection, MHD_HTTP_OK, "text/html; charset=utf-8",
                                                           map_policy, buf_str(&page->html), MHD_RESPMEM_MUST_COPY)
                                               : not_found(preview, connection);
  pthread_mutex_unlock(&preview->lock);
  return result;
}

static Stream *begin_stream(Preview *preview, struct MHD_Connection *connection, Page *page) {
  Stream *stream = mem_alloc(sizeof *stream);
  *stream =
      (Stream){.preview = preview, .connection = connection, .page = page, .known = known_by(preview, connection)};
  buf_add_c(&stream->events, "retry: 1000\n\n");
  if (page) page->lookers++;
  stream->next = preview->streams;
  preview->streams = stream;
  pthread_cond_signal(&preview->changed);
  return stream;
}

static enum MHD_Result send_events(Preview *preview, struct MHD_Connection *connection, Str name) {
  Stream *stream = NULL;
  pthread_mutex_lock(&preview->lock);
  Page *page = pages_find(&preview->pages, name);
  if (name.len == 0 || page) stream = begin_stream(preview, connection, page);
  pthread_mutex_unlock(&preview->lock);
  if (!stream) return not_found(preview, connection);
  enum { AT_ONCE = 4096 };
  struct MHD_Response *response =
      preview->mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, AT_ONCE, read_stream, stream, end_stream);
  if (!response) return end_stream(stream), MHD_NO;
  if (page && preview->options.looked) preview->options.looked(preview->options.context, page->name);
  return send_response(preview, connection, MHD_HTTP_OK, "text/event-stream", "default-src 'none'", response);
}

/* ---- who may ask ---- */

/* However much of it is right, it takes as long. */
static bool is_token(const Preview *preview, Str word) {
  unsigned difference = word.len != TOKEN;
  for (size_t i = 0; i < TOKEN; i++) difference |= (unsigned char)(preview->token[i] ^ (i < word.len ? word.at[i] : 0));
  return difference == 0;
}

/* A page elsewhere that has its own name point to this machine sends that name; one that asks from there says so. */
static bool is_ours(const Preview *preview, struct MHD_Connection *connection) {
  const char *host = preview->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
  const char *origin = preview->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
  static const char *const names[] = {"127.0.0.1", "localhost"};
  for (int i = 0; i < 2; i++) {
    char mine[64];
    int length = preview->port == 80 ? snprintf(mine, sizeof mine, "http://%s", names[i]) /* browsers leave it out */
                                     : snprintf(mine, sizeof mine, "http://%s:%u", names[i], preview->port);
    const char *mine_host = mine + strlen("http://");
    if (length > 0 && host && strcmp(host, mine_host) == 0) return !origin || strcmp(origin, mine) == 0;
  }
  return false;
}

static bool has_body(const Preview *preview, struct MHD_Connection *connection) {
  const char *length = preview->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
  return (length && strcmp(length, "0") != 0) ||
         preview->mhd.MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Transfer-Encoding");
}

/* ---- what there is ---- */

static enum MHD_Result send_file(const Preview *preview, struct MHD_Connection *connection, const char *name) {
  static const char *const types[][2] = {{".html", "text/html; charset=utf-8"},
                                         {".js", "text/javascript; charset=utf-8"},
                                         {".css", "text/css; charset=utf-8"},
                                         {".svg", "image/svg+xml"}};
  char path[64];
  Str text;
  snprintf(path, sizeof path, "compiler/preview/%s", name);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (str_ends(str_of(name), str_of(types[i][0])) && embedded_find(str_of(path), &text))
      return send_text(preview, connection, MHD_HTTP_OK, types[i][1], shell_policy, text, MHD_RESPMEM_PERSISTENT);
  return not_found(preview, connection);
}

static bool is_known(Preview *preview, Str name) {
  pthread_mutex_lock(&preview->lock);
  bool known = name.len == 0 || pages_find(&preview->pages, name);
  pthread_mutex_unlock(&preview->lock);
  return known;
}

/* /TOKEN/NAME is the page of that name, NAME.html its map, NAME.events tells when there is another. */
static enum MHD_Result find(Preview *preview, struct MHD_Connection *connection, Str path) {
  static const char *const files[] = {"live.js", "page.js", "page.css", "icon.svg"};
  Str rest = path, token;
  str_cut(&rest, '/');
  token = str_cut(&rest, '/');
  if (!is_token(preview, token) || path.len < TOKEN + 2) return not_found(preview, connection);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    if (str_is_c(rest, files[i])) return send_file(preview, connection, files[i]);
  if (str_ends(rest, STR(".events"))) return send_events(preview, connection, str_slice(rest, 0, rest.len - 7));
  if (str_ends(rest, STR(".html"))) return send_page(preview, connection, str_slice(rest, 0, rest.len - 5));
  return is_known(preview, rest) ? send_file(preview, connection, "page.html") : not_found(preview, connection);
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_size, void **seen) {
  static char once;
  (void)version;
  (void)body;
  Preview *preview = context;
  bool is_get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
  if (!is_get || has_body(preview, connection) || *body_size > 0)
    return refuse(preview, connection, is_get ? MHD_HTTP_CONTENT_TOO_LARGE : MHD_HTTP_METHOD_NOT_ALLOWED,
                  STR("This can only be read.\n"));
  if (!*seen) {
    *seen = &once;
    return MHD_YES;
  }
  if (!is_ours(preview, connection))
    return refuse(preview, connection, MHD_HTTP_FORBIDDEN,
                  STR("Open the address that `journey preview` printed, as it is: it begins with http://127.0.0.1\n"));
  return find(preview, connection, str_of(url));
}

/* ---- life ---- */

static bool make_token(Preview *preview) {
  unsigned char bytes[TOKEN / 2];
  if (!os_random(bytes, sizeof bytes)) return false;
  for (size_t i = 0; i < sizeof bytes; i++) snprintf(preview->token + 2 * i, 3, "%02x", bytes[i]);
  return true;
}

static const char *why_not(int error, uint16_t port) {
  static _Thread_local char words[128];
  if (error == EADDRINUSE) snprintf(words, sizeof words, "port %u is in use; --port 0 takes one that is free", port);
  else if (error == EACCES)
    snprintf(words, sizeof words, "port %u is kept for the system; --port 0 takes one that is free", port);
  else snprintf(words, sizeof words, "%s", strerror(error));
  return words;
}

/* A socket that listens to this machine alone; -1 with errno. */
static int listen_here(uint16_t *port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1, error;
  if (fd < 0) return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on); /* what ended a moment ago isn't in the way */
  if (bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, LIMIT_PREVIEW_CONNECTIONS) == 0 &&
      getsockname(fd, (struct sockaddr *)&address, &size) == 0) {
    *port = ntohs(address.sin_port);
    return fd;
  }
  error = errno;
  close(fd);
  errno = error;
  return -1;
}

static void say_nothing(void *context, const char *format, va_list args) {
  (void)context;
  (void)format;
  (void)args;
}

static struct MHD_Daemon *start_daemon(Preview *preview, int fd) {
  return preview->mhd.MHD_start_daemon(
      MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, preview,
      MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)LIMIT_PREVIEW_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_PREVIEW_SECONDS,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)LIMIT_PREVIEW_REQUEST, MHD_OPTION_END);
}

/* Signals are for the other threads of the program. */
static bool start_threads(Preview *preview, int fd) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  preview->daemon = start_daemon(preview, fd);
  if (preview->daemon) preview->is_proving = pthread_create(&preview->proving, NULL, prove_streams, preview) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return preview->daemon != NULL;
}

Preview *preview_start(const PreviewOptions *options, Str *why) {
  Preview *preview = mem_alloc(sizeof *preview);
  *preview = (Preview){.options = *options, .port = options->port};
  if (!load(&preview->mhd)) {
    free(preview);
    Arena *arena = arena_new();
    preview_library(arena, why);
    arena_free(arena);
    return NULL;
  }
  int fd = make_token(preview) ? listen_here(&preview->port) : -1;
  if (fd < 0) {
    *why = str_of(why_not(errno, options->port));
    free(preview);
    return NULL;
  }
  pthread_mutex_init(&preview->lock, NULL);
  pthread_cond_init(&preview->changed, NULL);
  if (start_threads(preview, fd)) return preview;
  *why = str_of(why_not(errno, options->port));
  close(fd);
  free(preview);
  return NULL;
}

void preview_stop(Preview *preview) {
  if (!preview) return;
  pthread_mutex_lock(&preview->lock);
  preview->is_over = true;
  for (Stream *stream = preview->streams; stream; stream = stream->next) wake(stream);
  pthread_cond_signal(&preview->changed);
  pthread_mutex_unlock(&preview->lock);
  if (preview->is_proving) pthread_join(preview->proving, NULL);
  preview->mhd.MHD_stop_daemon(preview->daemon);
  pages_free(&preview->pages);
  pthread_cond_destroy(&preview->changed);
  pthread_mutex_destroy(&preview->lock);
  free(preview);
}

/* ---- from outside ---- */

Str preview_address(const Preview *preview, Str name, Arena *arena) {
  return arena_format(arena, "http://127.0.0.1:%u/%s/" STR_FMT, preview->port, preview->token, STR_ARG(name));
}

void preview_publish(Preview *preview, Str name, const PreviewPage *shown) {
  pthread_mutex_lock(&preview->lock);
  bool changed = pages_publish(&preview->pages, name, shown);
  const Page *page = pages_find(&preview->pages, name);
  for (Stream *stream = preview->streams; changed && stream; stream = stream->next)
    if (stream->page == page) wake(stream);
  pthread_mutex_unlock(&preview->lock);
}

void preview_list(Preview *preview, const PreviewEntry *entries, size_t count) {
  pthread_mutex_lock(&preview->lock);
  bool changed = pages_list(&preview->pages, entries, count);
  for (Stream *stream = preview->streams; changed && stream; stream = stream->next) wake(stream);
  pthread_mutex_unlock(&preview->lock);
}

uint32_t preview_lookers(Preview *preview, Str name) {
  pthread_mutex_lock(&preview->lock);
  const Page *page = pages_find(&preview->pages, name);
  uint32_t count = page ? page->lookers : 0;
  pthread_mutex_unlock(&preview->lock);
  return count;
}

#endif
