package dev.ember.json;

import jakarta.inject.Singleton;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Interpolates the parameters of constraint messages. Messages use no expressions, so no expression language is needed.
 */
@Singleton
class ConstraintMessages extends ParameterMessageInterpolator {}
