package dev.ember.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ember.etag.EntityTag;
import dev.ember.json.StoredJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Renders the metadata of a server as os-collect-config reads them. */
@ApplicationScoped
class AgentMetadata {

    private static final JsonFactory JSON = new JsonFactory();

    private final SignedUrls urls;

    AgentMetadata(SignedUrls urls) {
        this.urls = urls;
    }

    /**
     * The tag of the metadata of a server. It changes with the deployments, the key, the public URL and the polling
     * interval.
     *
     * @param stored the tag of the deployments
     */
    EntityTag tag(AgentPath server, String stored) {
        try {
            byte[] state = (stored + ' ' + agentConfig(server)).getBytes(StandardCharsets.UTF_8);
            return new EntityTag(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(state)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param deployments the deployments to the server as {@link AgentDeployments} reads them, separated by commas */
    byte[] render(AgentPath server, byte[] deployments) {
        JsonNode entries = StoredJson.parse("[" + new String(deployments, StandardCharsets.UTF_8) + "]");
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * deployments.length + 512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
            json.writeStartObject();
            json.writeArrayFieldStart("deployments");
            for (JsonNode entry : entries) {
                write(json, AgentEntry.of(entry), server.server());
            }
            json.writeEndArray();
            json.writeFieldName("os-collect-config");
            json.writeRawValue(agentConfig(server));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json, AgentEntry entry, String server) throws IOException {
        String signalUrl = urls.sign(AgentPath.signal(entry.tenant(), entry.deployment(), entry.run()));
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        json.writeStringField("deployment_id", entry.deployment().toString());
        json.writeStringField("config_id", entry.configId());
        json.writeStringField("name", entry.fileName());
        json.writeStringField("group", entry.groupOrDefault());
        raw(json, "config", entry.configOrEmpty());
        raw(json, "inputs", StoredJson.write(DerivedInputs.of(entry, server, signalUrl)));
        raw(json, "outputs", entry.outputs());
        raw(json, "options", entry.options());
        json.writeEndObject();
    }

    private static void raw(JsonGenerator json, String name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value);
    }

    /** The configuration of os-collect-config, which it writes anew from its metadata. */
    String agentConfig(AgentPath server) {
        String interval = urls.pollingInterval().isPresent()
                ? ",\"polling_interval\":" + urls.pollingInterval().get()
                : "";
        return "{\"collectors\":[\"request\",\"local\"]" + interval + ",\"request\":{\"metadata_url\":\""
                + urls.sign(server) + "\"}}";
    }
}
