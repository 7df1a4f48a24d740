// Sends HTTP requests at a rate that does not depend on the responses, and prints their latency from the time when each was due.
// With a RATE of 0, each connection sends a request after each response, as wrk does. wrk cannot read responses to HEAD.
//
//     openloop PORT CONNECTIONS RATE SECONDS STATUS FILE
//
// The due times are random and independent (a Poisson process, as with pgbench --rate), and the same in every run. A request that
// is due while all connections wait for a response waits too. Its waiting time counts, which corrects for coordinated omission.
//
// FILE contains complete requests. Each has its length and a line feed before it. The program picks them at random. If a request
// contains "unique-" and 20 digits, the digits become a number that no other request has. A 503 is a rejection, if STATUS is not
// 503. Another status than STATUS is a failure. After SECONDS no request becomes due, and those that are due end within 10 seconds.
//
// Prints one line: the numbers of responses with STATUS, failures, rejections and missing responses. Then the latencies in
// microseconds at 0, 0.25, 0.5 ... 3 nines (0, 43.8, 68.4, 82.2, 90 % ... 99.9 %), the median and the maximum.
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
enum { LARGEST_RESPONSE = 1 << 20, LONGEST_DRAIN_S = 10, DIGITS = 20, MOST_PER_SECOND = 1000000 };

typedef struct {
    char *text;
    size_t length;
    char *unique; // Points to the 20 digits that differ in each request, or null.
} request;

typedef struct {
    int socket;
    int64_t due;
    size_t filled;
    int head; // Whether the response has no body, regardless of its header.
    char *response;
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

// The status of a complete response, or 0. Among the responses of the service only lists are chunked, and they have no line feed.
static int status_if_complete(connection *c) {
    char *end, *length;
    c->response[c->filled] = 0;
    if (!(end = strstr(c->response, "\r\n\r\n"))) return 0;
    int status = atoi(c->response + 9);
    if (status == 304 || status == 204 || c->head) return status;
    *end = 0;
    length = strcasestr(c->response, "\r\ncontent-length:");
    *end = '\r';
    if (length) return c->filled >= (size_t) (end + 4 - c->response) + atoi(length + 17) ? status : 0;
    return memcmp(c->response + c->filled - 7, "\r\n0\r\n\r\n", 7) ? 0 : status;
}

static int by_size(const void *left, const void *right) {
    int64_t a = *(const int64_t *) left, b = *(const int64_t *) right;
    return (a > b) - (a < b);
}

static void print(int64_t *taken, size_t responses, size_t failures, size_t rejections, size_t missing) {
    qsort(taken, responses, sizeof *taken, by_size);
    printf("%zu %zu %zu %zu", responses, failures, rejections, missing);
    for (int quarter = 0; responses && quarter <= 12; quarter++)
        printf(" %.1f", taken[(size_t) ((1 - pow(10, -quarter / 4.0)) * (responses - 1))] / 1e3);
    if (responses) printf(" %.1f %.1f", taken[responses / 2] / 1e3, taken[responses - 1] / 1e3);
    puts("");
}

int main(int count, char **arguments) {
    if (count != 7) return 2;
    int port = atoi(arguments[1]), connections = atoi(arguments[2]), expected = atoi(arguments[5]);
    double rate = atof(arguments[3]), seconds = atof(arguments[4]);
    int closed = rate == 0;
    size_t kinds, most = (size_t) ((closed ? MOST_PER_SECOND : rate * 1.5) * seconds) + 1000, responses = 0, failures = 0, rejections = 0, waiting = 0;
    request *requests = read_requests(arguments[6], &kinds);
    int64_t *taken = malloc(most * sizeof *taken);
    connection *all = calloc(connections, sizeof *all), **idle = calloc(connections, sizeof *idle);
    int idles = 0, poll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    prctl(PR_SET_TIMERSLACK, 1);
    epoll_ctl(poll, EPOLL_CTL_ADD, timer, &(struct epoll_event) {.events = EPOLLIN});
    for (int i = 0; i < connections; i++) {
        all[i] = (connection) {.socket = connected(port), .response = malloc(LARGEST_RESPONSE + 1)};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &(struct epoll_event) {.events = EPOLLIN, .data.ptr = &all[i]});
        idle[idles++] = &all[i];
    }
    int64_t due = now() + 1000000, end = due + (int64_t) (seconds * 1e9);
    while (now() < end + LONGEST_DRAIN_S * 1000000000LL && (due < end || idles < connections)) {
        // Sends all requests that are due and have a connection.
        if (closed) due = now();
        while (idles && due < end && due <= now() && responses + waiting < most) {
            request *next = &requests[pick() % kinds];
            connection *c = idle[--idles];
            if (next->unique) number(next);
            c->due = due;
            c->filled = 0;
            c->head = !memcmp(next->text, "HEAD ", 5);
            if (send(c->socket, next->text, next->length, MSG_NOSIGNAL) != (ssize_t) next->length) fail("send");
            waiting++;
            due = closed ? now() : due + gap(rate);
        }
        int64_t wake = idles && due < end ? due : end + LONGEST_DRAIN_S * 1000000000LL;
        struct itimerspec at = {.it_value = {wake / 1000000000, wake % 1000000000}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        struct epoll_event events[256];
        int ready = epoll_wait(poll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            connection *c = events[i].data.ptr;
            if (!c) continue;
            ssize_t got = recv(c->socket, c->response + c->filled, LARGEST_RESPONSE - c->filled, 0);
            if (got <= 0) {
                fprintf(stderr, "The service closed a connection\n");
                return 1;
            }
            c->filled += got;
            int status = status_if_complete(c);
            if (!status) continue;
            if (status == expected) taken[responses++] = now() - c->due;
            rejections += status != expected && status == 503;
            failures += status != expected && status != 503;
            waiting--;
            idle[idles++] = c;
        }
    }
    for (; !closed && due < end; due += gap(rate)) waiting++;
    print(taken, responses, failures, rejections, waiting);
    return 0;
}
