package io.tencrop.standalone.command;

import picocli.CommandLine.Command;

@Command(
    name = "experiment",
    synopsisSubcommandLabel = "COMMAND",
    description = "Create experiments, look at them, decide by them, wait for them, cancel them.")
final class ExperimentCommand {}
