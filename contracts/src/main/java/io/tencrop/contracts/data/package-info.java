/** Manifests: the JSON files that describe what lies in the object store. */
@NullMarked
package io.tencrop.contracts.data;

import org.jspecify.annotations.NullMarked;
