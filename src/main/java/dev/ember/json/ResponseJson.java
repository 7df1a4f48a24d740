package dev.ember.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Writes JSON like PostgreSQL: Unicode characters without escapes, control characters with escapes in lower case. */
@Singleton
class ResponseJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
        mapper.disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE.mappedFeature());
    }
}
