"""This project's node as a command that can be started from any folder: what `watchword-node` runs."""

from node.cli import main

if __name__ == "__main__":
    main()
