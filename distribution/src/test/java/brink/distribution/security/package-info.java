/**
 * The program against a Kafka that asks who one is, speaks TLS, and grants nothing that it was not
 * told to. docs/security.md is what is shown here.
 */
@NullMarked
package brink.distribution.security;

import org.jspecify.annotations.NullMarked;
