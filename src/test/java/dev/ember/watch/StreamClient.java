package dev.ember.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client of an event stream. It reads events as a browser does. */
public final class StreamClient implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Event END = new Event("end", null, null);

    private final HttpResponse<Stream<String>> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<String> tags = new HashSet<>();

    /** An event of a stream. A comment has the name "comment". */
    public record Event(String name, String id, JsonNode data) {}

    private StreamClient(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "stream-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param headers names and values in turn */
    public static StreamClient open(HttpClient client, URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new StreamClient(client.send(request.build(), BodyHandlers.ofLines()));
    }

    public HttpResponse<?> response() {
        return response;
    }

    private void read() {
        List<String> lines = new ArrayList<>();
        try {
            response.body().forEach(line -> {
                if (line.isEmpty()) {
                    events.add(parse(lines));
                    lines.clear();
                } else {
                    lines.add(line);
                }
            });
            events.add(END);
        } catch (UncheckedIOException e) {
            events.add(new Event("failure", null, null));
        }
    }

    private static Event parse(List<String> lines) {
        String name = "comment";
        String id = null;
        JsonNode data = null;
        try {
            for (String line : lines) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon)) {
                    case "event" -> name = value;
                    case "id" -> id = value;
                    case "data" -> data = JSON.readTree(value);
                    default -> assertEquals(":", line);
                }
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return new Event(name, id, data);
    }

    /** Returns the next event. Comments are left out, and so are states that the client has: a state may come twice. */
    public Event next() throws InterruptedException {
        Event event;
        do {
            event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(event, "no event");
        } while (event.name().equals("comment") || event.id() != null && !tags.add(event.id()));
        return event;
    }

    /** Asserts the next event, and returns it. */
    public Event expect(String name) throws InterruptedException {
        Event event = next();
        assertEquals(name, event.name(), () -> "event: " + event);
        return event;
    }

    /** Reads up to the first event with a name. */
    public void skipTo(String name) throws InterruptedException {
        Event event = next();
        while (!event.name().equals(name)) {
            assertNotEquals("end", event.name());
            event = next();
        }
    }

    /** Expects a deployment. Returns its id and its status. */
    public String expectDeployment() throws InterruptedException {
        JsonNode deployment = expect("deployment").data().get("software_deployment");
        return deployment.get("id").textValue() + " " + deployment.get("status").textValue();
    }

    public void expectEnd() throws InterruptedException {
        expect("end");
    }

    /** Expects a comment within the given seconds. */
    public void expectComment(int seconds) throws InterruptedException {
        Event event = events.poll(seconds, TimeUnit.SECONDS);
        assertNotNull(event, "no comment");
        assertEquals("comment", event.name());
    }

    public boolean isSilent() {
        return events.isEmpty();
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
