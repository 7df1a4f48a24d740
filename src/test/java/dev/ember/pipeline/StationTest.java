package dev.ember.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationTest {

    /** Annotations accept only constants, so the order is declared a second time. */
    @Test
    void stationsOfJaxRsRunInTheOrderOfTheEnum() {
        List<String> byPriority = Arrays.stream(Station.Priority.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .sorted(Comparator.comparing(StationTest::priority))
                .map(Field::getName)
                .toList();
        List<String> stations = Arrays.stream(Station.values()).map(Enum::name).toList();
        assertEquals(stations.subList(stations.indexOf("PERMIT"), stations.size()), byPriority);
    }

    private static int priority(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
