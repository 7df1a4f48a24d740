package dev.ember.paging;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ember.Background;
import dev.ember.HttpTest;
import dev.ember.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that request more data than fits into the buffers of a connection, and do not read it. */
@QuarkusTest
class SlowClientsTest extends HttpTest {

    /** Exceeds the number of database connections of the service. */
    private static final int CLIENTS = 24;

    @BeforeEach
    void storeLargeDeployments() throws SQLException {
        TestDatabase.execute(
                """
                insert into software_deployment
                (id, tenant_id, config_id, server_id, action, status, input_values, created_at, updated_at)
                select gen_random_uuid(), '%s', 'c', 's', 'a', 'COMPLETE',
                 json_build_object('a', repeat('x', 200000)), now(), now()
                from generate_series(1, 40) i"""
                        .formatted(tenant));
    }

    @Test
    void servesOthersWhileClientsDoNotRead() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                sockets.add(ask());
            }
            for (int i = 0; i < 5; i++) {
                assertOthersAreServed();
            }
            String whole = rest(sockets.get(0));
            assertTrue(whole.contains("]}"), "the end of the list");
            assertTrue(whole.endsWith("\r\n0\r\n\r\n"), "the end of the last chunk");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void servesOthersAfterClientsDisconnect() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            try (Socket socket = ask()) {
                socket.setSoLinger(true, 0);
            }
        }
        assertOthersAreServed();
    }

    @Test
    void neverCompletesATruncatedList() throws IOException, SQLException {
        try (Socket socket = ask();
                Connection connection = TestDatabase.connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("lock table software_deployment in access exclusive mode");
            CompletableFuture<String> response = Background.supply(() -> rest(socket));
            List<String> ended = List.of();
            while (ended.isEmpty() && !response.isDone()) {
                ended = TestDatabase.query("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'ember' and wait_event_type = 'Lock'");
            }
            connection.rollback();
            String list = response.join();
            assertFalse(list.endsWith("\r\n0\r\n\r\n"), "the end of the last chunk");
            assertFalse(list.contains("]}"), "the end of the list");
        }
        assertOthersAreServed();
    }

    /** Reads until the connection ends or fails. */
    private static String rest(Socket socket) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(rest);
        } catch (IOException e) {
            rest.writeBytes("cut off".getBytes(StandardCharsets.US_ASCII));
        }
        return rest.toString(StandardCharsets.US_ASCII);
    }

    private void assertOthersAreServed() {
        given().queryParam("limit", 3)
                .get(deployments)
                .then()
                .statusCode(200)
                .body("software_deployments.size()", equalTo(3));
    }

    /** Requests the list and reads the status line of the response. */
    private Socket ask() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        socket.setSoTimeout(60_000);
        String request = "GET " + deployments + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertTrue(status.equals("HTTP/1.1 200"), status);
        return socket;
    }
}
