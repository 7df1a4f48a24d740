package dev.ember.fault;

import java.util.Collection;
import java.util.List;

/** The body is a JSON object, but some of its fields are invalid. */
public final class InvalidData extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param rules one clause for each violated rule, with the name of the field */
    public InvalidData(Collection<String> rules) {
        super(FaultStatus.BAD_REQUEST, "Invalid", "Data supplied was not valid: " + String.join("; ", rules));
    }

    /** @param id a config id that does not identify a software config of the caller's tenant */
    public static InvalidData unknownConfig(String id) {
        return new InvalidData(List.of("Config with id " + id + " not found"));
    }
}
