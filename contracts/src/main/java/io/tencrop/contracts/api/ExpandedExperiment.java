package io.tencrop.contracts.api;

import io.tencrop.contracts.spec.ExperimentSpec;
import io.tencrop.contracts.spec.RunSpec;
import java.util.List;

/** What a dry run answers: the spec with its defaults, and the runs that it would make. */
public record ExpandedExperiment(ExperimentSpec spec, List<RunSpec> runs) {}
