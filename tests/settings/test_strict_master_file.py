"""A master file says one thing once. Witness: what the file says, read by eye."""

import pytest

from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.yaml_files import load_yaml

PLAIN = 'organisation: {code: trust, name: Trust, short_name: Trust}\nyear: "2024-25"\n'


STAFF = """extracts:
  ethnicity_codes: esr
  staff:
    file: staff.csv
    columns: {person: Number, ethnicity: Origin, grade: Grade, employment_type: Kind, staff_group: Group}
    rules: {employment_type: {count: [Permanent], leave_out: [Bank]}}
    clinical: {by: staff_group, clinical: [Nurses], non_clinical: [Clerks]}
"""


def load(folder, text):
    (folder / "params").mkdir(exist_ok=True)
    (folder / "params" / "trust.yaml").write_text(text)
    return load_parameters(folder / "params" / "trust.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            PLAIN + "disclosure:\n  minimum_count: 10\n  minimum_count: 3\n",
            "row 5: found the key 'minimum_count' a second time (first in row 4)",
        ),
        (PLAIN + 'year: "2019-20"\n', "the key 'year' a second time (first in row 2); expected YAML: each key once. Keep one"),
        (
            PLAIN + "terms:\n  bme: Black: Asian\n",
            "row 4: found a second colon: 'bme: Black: Asian'; expected YAML: a text with a colon in quotes",
        ),
        (
            PLAIN + "terms:\n  bme: Black #1 Group\n",
            "row 4: found a value cut at '#', where a remark begins: 'bme: Black #1 Group'; expected YAML: a text with a # in quotes",
        ),
        (PLAIN + 'terms:\n  bme: "Bl\\x07ack"\n', "row 4: found a sign that nobody can print"),
        (PLAIN + 'terms:\n  bme: "Bl\\U00110000ack"\n', "an escape"),
        (PLAIN + "terms:\n\tbme: Black\n", "row 4: found a tab; expected YAML: spaces before a key"),
        (PLAIN + "---\n" + PLAIN, ": found another document"),
        (PLAIN.replace("code: trust", "code: North-Trust"), "found 'North-Trust'; expected short code in lower case"),
        (PLAIN + "report: {date: 2025-02-30}\n", "a day that exists"),
        (
            PLAIN + "report: {state: final, sign_off: {date: 2024-06-25}}\n",
            "'report.sign_off.date': found 2024-06-25; expected a day after the snapshot of a final report, 2025-03-31",
        ),
        (
            PLAIN + "report: {state: final, date: 2024-07-19}\n",
            "'report.date': found 2024-07-19; expected a day after the snapshot of a final report, 2025-03-31",
        ),
        (PLAIN.replace("2024-25", "2014-15"), "a reporting year from 2015-16 on"),
        (PLAIN + "folders: {outputs: ''}\n", "key 'folders.outputs': found an empty text; expected folder of the outputs"),
        (PLAIN + "previous_year: 2014-15\n", "a reporting year from 2015-16 on"),
        (PLAIN + "history: [2020-21, 2025-26]\n", "a history of no year after 2024-25"),
        (PLAIN + "history: [2014-15]\n", "a reporting year from 2015-16 on"),
        (PLAIN + "previous_year: 2024-25\n", "a previous_year before 2024-25"),
        (PLAIN + "status_rule: {minimum_expected: .inf}\n", "'status_rule.minimum_expected': found inf; expected a finite number"),
        (
            PLAIN + "terms:\n  bme: Black\n   white: All\n",
            "row 5: found a key further in or out than the keys it stands among: 'white: All'",
        ),
        (PLAIN + "terms:\n  bme: Black\n white: All\n", "row 5: found a key further in or out than the keys it stands among: 'white: All'"),
        (PLAIN + 'terms:\n  bme: "Black\n  white: All\n', "row 4: found a quotation mark that is not closed: 'bme: \"Black'"),
        (PLAIN + "terms:\n  bme: Black\n  white\n", "row 5: found a line without a key: 'white'"),
        (PLAIN + "sections: [09_board\nterms: {bme: Black}\n", "row 3: found a bracket that is not closed"),
        (PLAIN + "terms:\n  bme: @home\n", "row 4: found a value that begins with a sign that YAML keeps for itself: 'bme: @home'"),
        (PLAIN + "terms:\n  staff:\n", "It belongs under 'extracts:', which must stand above it"),
        (PLAIN + "report:\n  terms:\n", "begin the line with 'terms:', without a space"),
        (PLAIN + "disclosure:\n", "'disclosure': found nothing below it; expected the keys that belong to it"),
        (PLAIN + "sections: []\n", "'sections': found []; expected at least one: sections to run"),
        (PLAIN + "terms: {bme: white}\n", "'terms': found the keys bme; expected three labels that differ"),
        (PLAIN + "survey: {questions: {5: 13a}}\n", "'survey.questions.5': found 5; expected text. Write it in quotes: \"5\""),
        (PLAIN + "history: some\n", "'history': found 'some'; expected 'auto', or a whole number, or a list."),
        (PLAIN + "report: {decisions: Agree the plan}\n", "'report.decisions': found 'Agree the plan'; expected a list"),
        (PLAIN + "previous_year: 2025-26\n", "trust.yaml: found the keys organisation"),
        (
            PLAIN + 'folders: {data: "data\\new"}\n',
            "'folders.data': found 'data?ew'; expected a name that a folder may have on every system",
        ),
        (PLAIN + STAFF.replace("[Bank]", '["permanent "]'), "each value in one list; 'Permanent' stands in two"),
        (PLAIN + STAFF.replace("[Clerks]", "[Clerks, nurses]"), "each value in one list; 'Nurses' stands in two"),
        (PLAIN + STAFF + "    yes: [Y]\n    no: [N, y]\n", "each value in one list; 'Y' stands in two"),
        (
            PLAIN + STAFF.replace("{person:", "{directorate: Org L3, person:"),
            "map it as extracts.staff.breakdowns: {directorate: (its heading)}",
        ),
        (PLAIN + "extracts: &here {staff: *here}\n", "a value that holds itself"),
        (PLAIN + "report: " + "[" * 3000 + "]" * 3000 + "\n", "nested without end"),
        # a value of two letters doubled twenty times is a million of them
        (PLAIN + "k0: &k0 [a, b]\n" + "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, 20)), "nested without end"),
        *(
            (
                PLAIN + STAFF.replace("{person:", "{age: A, person:") + f"    age_group: {{by: age, starts: {ages}}}\n",
                "ages in ascending order",
            )
            for ages in ("[35, 25]", "[25, 25]", "[0, 25]", "[25, 101]")
        ),
    ],
)
def test_what_a_master_file_may_not_say(tmp_path, text, said):
    with pytest.raises(ParameterProblems) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)


def test_words_that_old_yaml_takes_for_truth_values_or_numbers_stay_words(tmp_path):
    parameters = load(
        tmp_path, PLAIN.replace("short_name: Trust", "short_name: NO").replace("name: Trust,", "name: 0123,") + "run: {jobs: 2}\n"
    )
    assert (parameters.organisation.short_name, parameters.run.jobs) == ("NO", 2)
    assert parameters.organisation.name == "0123"


def test_a_list_whose_one_entry_is_refused_is_told_once(tmp_path):
    with pytest.raises(ParameterProblems) as refused:
        load(tmp_path, PLAIN + "sections: [recruitmnt]\n")
    assert [problem.column for problem in refused.value.problems] == ["sections.0"]


def test_a_line_of_a_suggestion_that_hangs_in_the_air_is_told_with_its_likely_cause(tmp_path):
    """Witness: of three lines of a suggestion one keeps its mark, and one lost a space more than the others."""
    marked = (
        PLAIN + "## --- suggested by wres prepare --suggest: correct each line ---\nextracts:\n#  staff:\n    file: a.csv\n   columns:\n"
    )
    with pytest.raises(ParameterProblems, match=r"row 7: .* 'columns:'; .* take one # and nothing else from every line"):
        load(tmp_path, marked)
    # neither another mistake beside a suggestion is told so, nor such a line where nothing was suggested
    for other in (marked.replace("   columns:\n", "    file: b.csv\n"), marked.replace("suggested", "written")):
        with pytest.raises(ParameterProblems) as caught:
            load(tmp_path, other)
        assert "take one #" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("!!bool abc", "a tag"),
        ("!!int abc", "a tag"),
        ("!!timestamp abc", "a tag"),
        ("a\x07b", "a sign that nobody can print"),
        ('"\\U00110000"', "an escape"),
    ],
)
def test_what_the_loader_cannot_make_a_value_of_is_told_with_its_row(tmp_path, written, found):
    """Witness: the row it was put into. Each ended in a traceback, or was told without its row."""
    with pytest.raises(ParameterProblems) as told:
        load(tmp_path, PLAIN + f"terms:\n  bme: {written}\n")
    assert [(problem.row, found in problem.found) for problem in told.value.problems] == [(PLAIN.count("\n") + 2, True)]


@pytest.mark.parametrize("space", ["\u00a0", "\u1680", "\u2002", "\u2009", "\u202f", "\u205f", "\u3000"])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_space_of_another_width_is_a_space(space, quoted):
    """A name with a wide space was printed with a gap and found by no search. Witness: every width of a space there is, within a name and a heading."""
    value = f"North{space}Trust"
    text = f'name: "{value}"\n' if quoted else f"name: {value}\nlist: [{value}]\n{value}: 1\n"
    content = load_yaml(text)
    assert content["name"] == "North Trust"
    assert quoted or (content["list"] == ["North Trust"] and content["North Trust"] == 1)


def test_line_ends_and_tabs_of_a_text_stay():
    """Witness: a text of two lines and a tab, quoted."""
    assert load_yaml('text: "one\\ttwo\\nthree"\n')["text"] == "one\ttwo\nthree"
