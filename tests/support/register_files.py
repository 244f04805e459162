"""A register file by itself, held to no project's standard."""

from functools import partial

from wres_helpers.intake.printed.printed_register import REGISTER, register_of, reshape
from wres_helpers.tables.table_reader import read_table


def read_register_file(path, shown, standard=None):
    """Read one register file; ``shown`` is its name in messages."""
    return register_of(read_table(path, shown, REGISTER, partial(reshape, standard=standard)))
