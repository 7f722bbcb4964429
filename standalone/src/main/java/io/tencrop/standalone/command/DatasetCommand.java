package io.tencrop.standalone.command;

import picocli.CommandLine.Command;

@Command(
    name = "dataset",
    synopsisSubcommandLabel = "COMMAND",
    description = "The data sets that experiments can be made with.")
final class DatasetCommand {}
