package dev.ember.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ember.deployment.DeploymentStatus;
import dev.ember.deployment.ServerCounts;
import dev.ember.deployment.ServerCounts.Count;
import dev.ember.paging.Row;
import dev.ember.paging.Rows;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads lists of servers, in the order of their ids. */
@ApplicationScoped
class ServerPages {

    /** The number of servers in one query when only some of them are in the list. */
    private static final int SEARCHED_SERVERS = 500;

    private final ServerCounts counts;
    private final PolledServers polled;
    private final ObjectMapper mapper;

    ServerPages(ServerCounts counts, PolledServers polled, ObjectMapper mapper) {
        this.counts = counts;
        this.polled = polled;
        this.mapper = mapper;
    }

    /**
     * Reads the next servers of a tenant.
     *
     * @param status only servers with a deployment of this status, or null
     * @param marker the server before the first one, or null to start at the beginning
     * @param limit the maximum number of servers
     */
    Rows<String> find(String tenant, DeploymentStatus status, String marker, int limit) {
        if (status != DeploymentStatus.COMPLETE) {
            List<Count> found = counts.find(tenant, status, marker, limit);
            return new Rows<>(render(tenant, found), found.size() < limit);
        }
        String after = marker;
        List<Count> complete = new ArrayList<>();
        List<Count> searched;
        do {
            searched = counts.find(tenant, status, after, SEARCHED_SERVERS);
            searched.stream().filter(count -> count.complete() > 0).forEach(complete::add);
            after = searched.isEmpty()
                    ? after
                    : searched.get(searched.size() - 1).serverId();
        } while (complete.size() < limit && searched.size() == SEARCHED_SERVERS);
        boolean areLast = complete.size() <= limit && searched.size() < SEARCHED_SERVERS;
        return new Rows<>(render(tenant, complete.subList(0, Math.min(limit, complete.size()))), areLast);
    }

    private List<Row<String>> render(String tenant, List<Count> found) {
        Map<String, Instant> polls =
                polled.find(tenant, found.stream().map(Count::serverId).toList());
        List<Row<String>> rows = new ArrayList<>();
        for (Count count : found) {
            byte[] json = json(ServerView.of(count, polls.get(count.serverId())));
            rows.add(new Row<>(count.serverId(), json.length, json));
        }
        return rows;
    }

    private byte[] json(ServerView server) {
        try {
            return mapper.writeValueAsBytes(server);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
