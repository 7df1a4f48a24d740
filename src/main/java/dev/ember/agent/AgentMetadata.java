package dev.ember.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ember.etag.EntityTag;
import dev.ember.json.JsonValues;
import dev.ember.json.StoredJson;
import dev.ember.text.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Renders the metadata of a server as os-collect-config reads them. */
@ApplicationScoped
class AgentMetadata {

    private final SignedUrls urls;

    AgentMetadata(SignedUrls urls) {
        this.urls = urls;
    }

    /**
     * The configuration of os-collect-config on a server, which it writes again from its metadata.
     *
     * @param metadataUrl the signed URL of the server's metadata
     */
    String agentConfig(String metadataUrl) {
        String interval = urls.pollingInterval()
                .map(seconds -> ",\"polling_interval\":" + seconds)
                .orElse("");
        return "{\"collectors\":[\"request\",\"local\"]" + interval + ",\"request\":{\"metadata_url\":\"" + metadataUrl
                + "\"}}";
    }

    /**
     * The tag of the metadata of a server. It changes with the deployments, the key, the public URL and the polling
     * interval.
     *
     * @param agentConfig the configuration of os-collect-config on the server
     * @param stored the tag of the deployments
     */
    EntityTag tag(String agentConfig, String stored) {
        byte[] state = (stored + ' ' + agentConfig).getBytes(StandardCharsets.UTF_8);
        return new EntityTag(HexFormat.of().formatHex(Sha256.newDigest().digest(state)));
    }

    /**
     * The metadata of a server.
     *
     * @param deployments the deployments to the server as {@link AgentDeployments} reads them
     */
    byte[] render(AgentPath server, String agentConfig, byte[] deployments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(deployments.length + deployments.length / 2 + 16 * 1024);
        try (JsonValues entries = new JsonValues(deployments);
                JsonGenerator json = StoredJson.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("deployments");
            while (entries.nextArray()) {
                write(json, out, AgentEntry.read(entries), server.server());
            }
            json.writeEndArray();
            json.writeFieldName("os-collect-config");
            json.writeRawValue(agentConfig);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void write(JsonGenerator json, ByteArrayOutputStream out, AgentEntry entry, String server)
            throws IOException {
        String signalUrl = urls.sign(AgentPath.signal(entry.tenant(), entry.deployment(), entry.run()));
        json.writeStartObject();
        json.writeStringField("id", entry.id());
        json.writeStringField("deployment_id", entry.deployment().toString());
        json.writeStringField("config_id", entry.configId());
        json.writeStringField("name", FileName.of(entry));
        json.writeStringField("group", entry.groupOrDefault());
        json.writeFieldName("config");
        if (entry.config().isNull()) {
            json.writeString("");
        } else {
            entry.config().write(json, out);
        }
        json.writeFieldName("inputs");
        DerivedInputs.write(json, entry, server, signalUrl);
        json.writeFieldName("outputs");
        entry.outputs().write(json, out);
        json.writeFieldName("options");
        entry.options().write(json, out);
        json.writeEndObject();
    }
}
