package dev.ember.config;

import dev.ember.json.JsonFields;
import dev.ember.json.JsonText;
import org.hibernate.validator.constraints.CodePointLength;

/** The body of a request to create a software config. All fields are optional. Lengths are in Unicode code points. */
record SoftwareConfigCreation(
        @CodePointLength(max = 255, message = TOO_LONG) String name,

        @CodePointLength(max = 255, message = TOO_LONG) String group,

        JsonText config,

        JsonText inputs,

        JsonText outputs,

        JsonText options) {

    private static final String TOO_LONG = "must be at most {max} characters long";

    static SoftwareConfigCreation read(JsonFields fields) {
        return new SoftwareConfigCreation(
                fields.text("name"),
                fields.text("group"),
                fields.any("config"),
                fields.normalized("inputs", InputSchema::normalize),
                fields.normalized("outputs", OutputSchema::normalize),
                fields.normalized("options", Falsy::toObject));
    }
}
