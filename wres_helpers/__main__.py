"""``python -m wres_helpers``: the same as the command ``wres``."""

from wres_helpers.cli import main

if __name__ == "__main__":
    main()
