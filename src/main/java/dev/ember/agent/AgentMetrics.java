package dev.ember.agent;

import dev.ember.deployment.Signal.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics of the requests of agents.
 *
 * <p>The bean is created at startup, so that its metrics exist before the first request.
 */
@Startup
@ApplicationScoped
class AgentMetrics {

    private final Counter polls;
    private final Map<Outcome, Counter> signals = new EnumMap<>(Outcome.class);

    AgentMetrics(MeterRegistry meters) {
        polls = Counter.builder("ember.agent.polls")
                .description("Requests of agents for the metadata of their server")
                .register(meters);
        for (Outcome outcome : Outcome.values()) {
            signals.put(
                    outcome,
                    Counter.builder("ember.agent.signals")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .description("Signals of agents, by what they changed")
                            .register(meters));
        }
    }

    void polled() {
        polls.increment();
    }

    void signalled(Outcome outcome) {
        signals.get(outcome).increment();
    }
}
