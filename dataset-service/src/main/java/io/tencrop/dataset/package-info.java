/**
 * The dataset service: registered sources become prepared data sets, whose shards its replicas
 * write together. This package only wires; what is done is in the packages below.
 */
@NullMarked
package io.tencrop.dataset;

import org.jspecify.annotations.NullMarked;
