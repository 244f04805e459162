"""``wres prepare``: from record-level extracts to counts tables."""

import sys
from pathlib import Path

from wres_helpers.intake.extracts.preparation_report import write_preparation
from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.intake.extracts.suggestion import write_suggestion
from wres_helpers.problems import told_together, unsettled
from wres_helpers.settings.master_file_reader import load_parameters


def prepare_command(params: Path, replace: bool, suggest: bool) -> int:
    """Write the counts tables and the preparation report, print what was written; or only `suggest` a mapping. Return the exit code.

    Raises InputProblems: an extract has defects that stop the run, a table made by hand is in the way, or nothing looks like an extract.
    """
    if suggest:
        parameters = load_parameters(params, without=("extracts",))  # a mapping may be half done
        for sentence in told_together(write_suggestion(parameters)):
            print(f"Note: {sentence}", file=sys.stderr)
        told = f"A mapping stands at the end of {parameters.file}, as comments: nothing is read from it until you take the marks away."
        print(told, file=sys.stderr)
        print(parameters.file)
        return 0
    parameters = load_parameters(params)
    preparation = prepare(parameters)
    written = write_preparation(preparation, parameters, replace)
    for sentence in unsettled(preparation.told, parameters.settled, "the preparation report"):
        print(sentence, file=sys.stderr)
    kinds = len({(told.file, told.column, told.found, told.action) for told in preparation.handled})
    handled = f"{kinds} {'kind' if kinds == 1 else 'kinds'} of defect {'was' if kinds == 1 else 'were'} handled"
    told = handled if kinds else "No defect was found"
    print(f"{told}; the preparation report says how the records were read.", file=sys.stderr)
    for path in written:
        print(parameters.shown(path))
    if unchanged := [f"{name}.csv" for name in preparation.tables if parameters.data_folder() / f"{name}.csv" not in written]:
        print(f"unchanged: {', '.join(unchanged)}", file=sys.stderr)
    return 0
