/**
 * What the native binary does without. The analysis of the native image keeps all code that could be called; a setting
 * that is only known at start, or a branch that the service never takes, is enough to keep whole libraries. Each class
 * here cuts one such branch off; {@code docs/footprint.md} says what that is worth. On a JVM none of it has an effect.
 */
package dev.ember.nativeimage;
