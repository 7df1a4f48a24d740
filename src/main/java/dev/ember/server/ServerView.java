package dev.ember.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ember.deployment.ServerCounts.Count;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A server as it appears in responses: its deployments by status, and its agent. Times are in whole seconds. */
@RegisterForReflection
record ServerView(
        @JsonProperty("server_id") String serverId,

        @JsonProperty("deployments") long deployments,

        @JsonProperty("in_progress") long inProgress,

        @JsonProperty("complete") long complete,

        @JsonProperty("failed") long failed,

        @JsonProperty("oldest_in_progress_at") Instant oldestInProgressAt,

        @JsonProperty("last_polled_at") Instant lastPolledAt) {

    /** @param lastPolledAt the time of the last poll, or null */
    static ServerView of(Count count, Instant lastPolledAt) {
        return new ServerView(
                count.serverId(),
                count.deployments(),
                count.inProgress(),
                count.complete(),
                count.failed(),
                inSeconds(count.oldestInProgress()),
                inSeconds(lastPolledAt));
    }

    private static Instant inSeconds(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
