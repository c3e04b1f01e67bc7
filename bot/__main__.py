"""`dealbell` and `python -m bot`."""

import sys


def main() -> None:
    """Run the command line; an error of ours becomes one clear line and exit code 1."""
    from bot.cli import run_cli  # noqa: PLC0415  importing this module does nothing

    sys.exit(run_cli())


if __name__ == "__main__":
    main()
