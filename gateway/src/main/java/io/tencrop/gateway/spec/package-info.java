/**
 * Reads what people write. A document in JSON or YAML becomes a tree that knows where in the text
 * each value stood; the tree is held against the JSON schema (its shape) and against the rules that
 * no schema can say (its sense); everything wrong is told at once, each with its JSON pointer and
 * with what would be allowed. Only a document without fault becomes an {@link
 * io.tencrop.contracts.spec.ExperimentSpec}.
 */
@NullMarked
package io.tencrop.gateway.spec;

import org.jspecify.annotations.NullMarked;
