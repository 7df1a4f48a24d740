// Sends HTTP requests at a rate that does not depend on the answers, and says how long each took from the moment it was due.
//
//     openloop PORT CONNECTIONS RATE SECONDS STATUS FILE
//
// The moments are random and independent (a Poisson process, as pgbench --rate has), and the same in every run. A request
// that is due while all connections wait for an answer waits too, and its waiting counts: that is what "corrected for
// coordinated omission" means. FILE holds whole requests, each after its length and a line feed; each time one of them is
// picked at random; where it has "unique-" and 20 digits, these become a number that no other request has. An answer with another status than STATUS is a failure, or a refusal when it is 503. After SECONDS nothing
// new becomes due; what is due is finished, within 10 seconds. Prints one line: answers with STATUS, failures, refusals,
// unanswered, and then the microseconds within which a share of the answers came, at 0, 0.25, 0.5 ... 3 nines (0, 43.8, 68.4, 82.2, 90 % ... 99.9 %), the median, the most.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define UNIQUE "unique-"
enum { LARGEST_ANSWER = 1 << 20, LONGEST_DRAIN_S = 10, DIGITS = 20 };

typedef struct {
    char *text;
    size_t length;
    char *unique; // Where 20 digits are that differ in each request, or null.
} request;

typedef struct {
    int socket;
    int64_t due;
    size_t filled;
    char *answer;
} connection;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// Marsaglia's xorshift64.
static uint64_t pick(void) {
    static uint64_t state = 88172645463325252ULL;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static int64_t gap(double rate) {
    return (int64_t) (-log1p(-(double) (pick() >> 11) / 9007199254740992.0) / rate * 1e9);
}

static request *read_requests(const char *name, size_t *count) {
    FILE *file = fopen(name, "rb");
    request *requests = NULL;
    size_t length;
    if (!file) fail(name);
    for (*count = 0; fscanf(file, "%zu", &length) == 1; ++*count) {
        requests = realloc(requests, (*count + 1) * sizeof *requests);
        requests[*count] = (request) {malloc(length), length, NULL};
        fgetc(file);
        if (fread(requests[*count].text, 1, length, file) != length) fail(name);
        char *mark = memmem(requests[*count].text, length, UNIQUE, sizeof UNIQUE - 1);
        if (mark) requests[*count].unique = mark + sizeof UNIQUE - 1;
    }
    fclose(file);
    return requests;
}

static void number(request *next) {
    static uint64_t count;
    char digits[DIGITS + 1];
    if (!count) {
        struct timespec time;
        clock_gettime(CLOCK_REALTIME, &time);
        count = time.tv_sec * 1000000000ULL + time.tv_nsec;
    }
    snprintf(digits, sizeof digits, "%0*llu", DIGITS, (unsigned long long) count++);
    memcpy(next->unique, digits, DIGITS);
}

static int connected(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, result = socket(AF_INET, SOCK_STREAM, 0);
    if (result < 0 || connect(result, (struct sockaddr *) &address, sizeof address)) fail("connect");
    setsockopt(result, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return result;
}

// The status of an answer that is whole, or 0. Of what the service sends, only a list is chunked, and it holds no line feed.
static int status_of_whole(connection *c) {
    char *end, *length;
    c->answer[c->filled] = 0;
    if (!(end = strstr(c->answer, "\r\n\r\n"))) return 0;
    int status = atoi(c->answer + 9);
    if (status == 304 || status == 204) return status;
    *end = 0;
    length = strcasestr(c->answer, "\r\ncontent-length:");
    *end = '\r';
    if (length) return c->filled >= (size_t) (end + 4 - c->answer) + atoi(length + 17) ? status : 0;
    return memcmp(c->answer + c->filled - 7, "\r\n0\r\n\r\n", 7) ? 0 : status;
}

static int by_size(const void *left, const void *right) {
    int64_t a = *(const int64_t *) left, b = *(const int64_t *) right;
    return (a > b) - (a < b);
}

static void print(int64_t *taken, size_t answers, size_t failures, size_t refusals, size_t unanswered) {
    qsort(taken, answers, sizeof *taken, by_size);
    printf("%zu %zu %zu %zu", answers, failures, refusals, unanswered);
    for (int quarter = 0; answers && quarter <= 12; quarter++)
        printf(" %.1f", taken[(size_t) ((1 - pow(10, -quarter / 4.0)) * (answers - 1))] / 1e3);
    if (answers) printf(" %.1f %.1f", taken[answers / 2] / 1e3, taken[answers - 1] / 1e3);
    puts("");
}

int main(int count, char **arguments) {
    if (count != 7) return 2;
    int port = atoi(arguments[1]), connections = atoi(arguments[2]), expected = atoi(arguments[5]);
    double rate = atof(arguments[3]), seconds = atof(arguments[4]);
    size_t kinds, most = (size_t) (rate * seconds * 1.5) + 1000, answers = 0, failures = 0, refusals = 0, waiting = 0;
    request *requests = read_requests(arguments[6], &kinds);
    int64_t *taken = malloc(most * sizeof *taken);
    connection *all = calloc(connections, sizeof *all), **idle = calloc(connections, sizeof *idle);
    int idles = 0, poll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    prctl(PR_SET_TIMERSLACK, 1);
    epoll_ctl(poll, EPOLL_CTL_ADD, timer, &(struct epoll_event) {.events = EPOLLIN});
    for (int i = 0; i < connections; i++) {
        all[i] = (connection) {.socket = connected(port), .answer = malloc(LARGEST_ANSWER + 1)};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &(struct epoll_event) {.events = EPOLLIN, .data.ptr = &all[i]});
        idle[idles++] = &all[i];
    }
    int64_t due = now() + 1000000, end = due + (int64_t) (seconds * 1e9);
    while (now() < end + LONGEST_DRAIN_S * 1000000000LL && (due < end || idles < connections)) {
        // As many as are due and have a connection.
        while (idles && due < end && due <= now() && answers + waiting < most) {
            request *next = &requests[pick() % kinds];
            connection *c = idle[--idles];
            if (next->unique) number(next);
            c->due = due;
            c->filled = 0;
            if (send(c->socket, next->text, next->length, MSG_NOSIGNAL) != (ssize_t) next->length) fail("send");
            waiting++;
            due += gap(rate);
        }
        int64_t wake = idles && due < end ? due : end + LONGEST_DRAIN_S * 1000000000LL;
        struct itimerspec at = {.it_value = {wake / 1000000000, wake % 1000000000}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        struct epoll_event events[256];
        int ready = epoll_wait(poll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            connection *c = events[i].data.ptr;
            if (!c) continue;
            ssize_t got = recv(c->socket, c->answer + c->filled, LARGEST_ANSWER - c->filled, 0);
            if (got <= 0) {
                fprintf(stderr, "The service closed a connection\n");
                return 1;
            }
            c->filled += got;
            int status = status_of_whole(c);
            if (!status) continue;
            if (status == expected) taken[answers++] = now() - c->due;
            refusals += status != expected && status == 503;
            failures += status != expected && status != 503;
            waiting--;
            idle[idles++] = c;
        }
    }
    for (; due < end; due += gap(rate)) waiting++;
    print(taken, answers, failures, refusals, waiting);
    return 0;
}
