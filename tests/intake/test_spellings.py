"""The table of spellings and what is read of it. Witness: the code's own calls, and the table as it stands in the file."""

import csv
import re

import pytest
import yaml

from wres_helpers.settings.extract_settings import EXTRACTS, ExtractSettings
from wres_helpers.settings.key_problems import model_in
from wres_helpers.tables.cell_readers import shown_cell


def test_every_list_of_the_table_is_read_and_every_list_read_is_there(project):
    package = project / "wres_helpers"
    asked = {name for path in package.rglob("*.py") for name in re.findall(r'spellings\("([^"]+)"\)', path.read_text(encoding="utf-8"))}
    with (package / "intake" / "spellings.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["list"], row["word"]) for row in csv.DictReader(stream)]
    assert asked == {name for name, _ in rows}
    assert len(rows) == len(set(rows))


def test_every_field_that_is_guessed_is_one_that_a_master_file_can_map(project):
    known = yaml.safe_load((project / "wres_helpers/intake/extracts/known_fields.yaml").read_text(encoding="utf-8"))
    for extract in EXTRACTS:
        model = model_in(ExtractSettings.model_fields[extract].annotation)
        fields = set(re.findall(r"'(\w+)'", str(model.model_fields["columns"].annotation)))
        assert set(known[extract]["fields"]) <= fields | set(model.model_fields), extract


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_a_message_shows_a_space_of_another_width_as_a_space(space):
    """Witness: 2 411 with a narrow space, told as '2?411'; a tab, which is no space, stays a question mark."""
    assert shown_cell(f"2{space}411") == "'2 411'"
    assert shown_cell("2\t411") == "'2?411'"
