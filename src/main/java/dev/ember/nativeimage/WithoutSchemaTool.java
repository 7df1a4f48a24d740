package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.hibernate.orm.runtime.observers.SessionFactoryObserverForSchemaExport;
import io.quarkus.hibernate.orm.runtime.schema.SchemaManagementIntegrator;
import org.hibernate.SessionFactory;

/** Removes Hibernate's tools that create and validate schemas. Only the migrations create the schema. */
final class WithoutSchemaTool {

    private WithoutSchemaTool() {}

    @TargetClass(SessionFactoryObserverForSchemaExport.class)
    static final class AtStart {

        @Substitute
        public void sessionFactoryCreated(SessionFactory factory) {}

        @Substitute
        public void sessionFactoryClosing(SessionFactory factory) {}
    }

    @TargetClass(SchemaManagementIntegrator.class)
    static final class AfterStart {

        @Substitute
        public static void runPostBootValidation(String persistenceUnit) {}
    }
}
