/**
 * What was found out, by experiment, in PostgreSQL. {@link
 * io.tencrop.evaluator.results.PanacheResults} keeps the {@linkplain
 * io.tencrop.evaluator.results.ResultMeasures measures} of checkpoints and the reports, and {@link
 * io.tencrop.evaluator.results.ResultsResource} tells them over HTTP.
 */
@NullMarked
package io.tencrop.evaluator.results;

import org.jspecify.annotations.NullMarked;
