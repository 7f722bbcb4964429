package io.tencrop.standalone.command;

import picocli.CommandLine.Command;

@Command(
    name = "weights",
    synopsisSubcommandLabel = "COMMAND",
    description = "Take weights away to PyTorch, and bring some from there.")
final class WeightsCommand {}
