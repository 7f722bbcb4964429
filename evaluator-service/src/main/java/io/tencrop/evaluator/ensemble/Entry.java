package io.tencrop.evaluator.ensemble;

import io.tencrop.contracts.spec.ViewSpec;
import io.tencrop.vision.evaluation.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * What a run or an ensemble answered on test in one view.
 *
 * @param validationAccuracy absent without validation images
 * @param validation what it answered there; absent without validation images
 */
public record Entry(
    String name,
    boolean ensemble,
    ViewSpec view,
    Predictions predictions,
    @Nullable Double validationAccuracy,
    @Nullable Predictions validation) {}
