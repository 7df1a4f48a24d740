package dev.ember;

import dev.ember.start.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. */
@QuarkusMain
public final class Ember {

    private Ember() {}

    public static void main(String... args) {
        Quarkus.run(null, StartFailure::exit, args);
    }
}
// x
// x
