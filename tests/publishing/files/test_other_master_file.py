"""A report that another master file made is not replaced without a word. Witness: two master files of one organisation and year."""

import json

import pytest

from wres_helpers.publishing.files.receipt import other_master_file
from wres_helpers.settings.master_file_reader import load_parameters


@pytest.mark.parametrize(
    ("file", "preset", "said"), [("params/system.yaml", "ten", True), (None, "ten", False), ("params/system.yaml", None, False)]
)
def test_a_report_of_another_master_file_with_other_settings_is_told(spoilable, file, preset, said):
    parameters = load_parameters(spoilable / "params/necs-2019-20.yaml")
    values = parameters.master.model_dump(mode="json")
    values["disclosure"]["preset"] = preset or values["disclosure"]["preset"]
    content = {"receipt": 1, "outputs": {}, "parameters": {"file": file or parameters.file, "values": values}}
    assert other_master_file(parameters) == ""  # where no report stands
    parameters.output_folder.mkdir(parents=True, exist_ok=True)
    (parameters.output_folder / "receipt.json").write_text(json.dumps(content))
    told = other_master_file(parameters)
    assert ("params/system.yaml, with other settings (disclosure.preset)" in told) is said and bool(told) is said
