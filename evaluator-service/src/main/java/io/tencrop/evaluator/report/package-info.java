/**
 * Reports of experiments, from the logit bank alone. {@link
 * io.tencrop.evaluator.report.ReportComposer} makes groups and ensembles and ranks them; {@link
 * io.tencrop.evaluator.report.Reports} adds diagnoses, costs and what students kept, and keeps the
 * report. {@link io.tencrop.evaluator.report.Comparisons} puts experiments beside each other.
 */
@NullMarked
package io.tencrop.evaluator.report;

import org.jspecify.annotations.NullMarked;
