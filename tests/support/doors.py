"""What the doors make of the shipped project's tables: counts, what was told, what was refused."""

import pytest

from wres_helpers.intake import read_counts
from wres_helpers.intake.asked_about import input_notices
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters


def parameters_of(project):
    return load_parameters(project / "params" / "necs-2019-20.yaml")


def told(project):
    return "\n".join(notice.sentence() for notice in input_notices(parameters_of(project)))


def refused(project):
    with pytest.raises(InputProblems) as caught:
        read_counts(parameters_of(project))
    return str(caught.value)
