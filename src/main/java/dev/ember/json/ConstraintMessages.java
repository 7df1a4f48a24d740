package dev.ember.json;

import jakarta.inject.Singleton;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The messages of constraints with their parameters put in; expressions, and the language for them, are not needed. */
@Singleton
class ConstraintMessages extends ParameterMessageInterpolator {}
