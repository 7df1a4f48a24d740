package dev.ember.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.hibernate.orm.runtime.observers.SessionFactoryObserverForSchemaExport;
import io.quarkus.hibernate.orm.runtime.schema.SchemaManagementIntegrator;
import org.hibernate.SessionFactory;

/** What Hibernate creates and compares schemas with: the schema comes from the migrations alone. */
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
