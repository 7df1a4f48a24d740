package dev.ember.fault;

import java.util.Collection;

/** The body is a JSON object, but fields of it break their rules. */
public final class InvalidData extends Fault {

    private static final long serialVersionUID = 1L;

    /** @param rules a clause for each broken rule, naming the field */
    public InvalidData(Collection<String> rules) {
        super(FaultStatus.BAD_REQUEST, "Invalid", "Data supplied was not valid: " + String.join("; ", rules));
    }
}
