/**
 * Substitutions that remove unused code from the native binary. The analysis of the native image keeps all code that
 * could be called. A setting that is known only at startup, or a branch that the service never takes, can keep whole
 * libraries in the binary. Each class in this package removes one such branch. {@code docs/footprint.md} lists the
 * savings. The substitutions have no effect on a JVM.
 */
package dev.ember.nativeimage;
