"""One module a subcommand; each has `main(argv) -> exit code`."""
