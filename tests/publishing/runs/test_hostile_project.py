"""A project whose files are full of names, formulas and scripts: none of them gets, or does anything, below board/."""

import csv
import json
import shutil

import openpyxl
import pytest
from bs4 import BeautifulSoup
from support.leaks import find_leaks
from support.warm_wres import wres

PARAMS = "params/necs-2019-20.yaml"
SECTIONS = ("00_overview", "03_disciplinary", "10_action_plan")
NAME, NUMBER, CONFIDED = "Philippa Canary-Singh", "EMP-20417733", "told me in confidence of a zebra"
HOSTILE = """

`<script>document.title = "taken over"</script><img src=x onerror="alert(1)">` [click](javascript:alert(1))
[page](data:text/html;base64,PHNjcmlwdD4=) &lt;img src=x onerror="alert(1)"&gt;

#read("/etc/passwd") #eval("1 + 1") #import "x.typ": * $x$ @label <label>

=HYPERLINK("http://outside.example", "x")
"""
# the markup of a page is refused in a master file, as in a plan
NAME_OF_ORGANISATION = '=(1+1) < b > North < /b > #sys.version "CS'


def plant(project):
    """Put canaries where they may be and must not leave from, and hostile text where people write."""
    data = project / "data" / "necs" / "2019-20"
    (data / "extracts").mkdir()
    (data / "extracts" / "staff.csv").write_text(f"employee_number,name,ethnic_origin,note\n{NUMBER},{NAME},A,{CONFIDED}\n")
    for part in ("done", "planned"):
        with (data / "narrative" / f"03_disciplinary.{part}.md").open("a") as file:
            file.write(HOSTILE)
    with (data / "action_plan.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    # what begins with = or @, or holds the markup of a page, is refused at the plan's door
    rows[1][2:5] = ["+cmd|' /C calc'!A0", '< img src=x onerror=alert(1)> #read("/etc/passwd") @SUM(1+1)', "+1+1 lead"]
    with (data / "action_plan.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    master = project / PARAMS
    text = master.read_text().replace("name: North of England Commissioning Support", f"name: {json.dumps(NAME_OF_ORGANISATION)}", 1)
    master.write_text(text.replace("owner_role: Information governance lead", 'owner_role: "@(1) < i > x < /i >"'))
    notebook = project / "notebooks" / "03_disciplinary.ipynb"
    content = json.loads(notebook.read_text())
    shown = f"from IPython.display import HTML, display; display(HTML('<p>{NAME}</p>')); print('{NUMBER}'); '{CONFIDED}'"
    for number, tags in enumerate(([], ["analyst"])):
        cell = {
            "cell_type": "code",
            "id": f"planted{number}",
            "metadata": {"tags": tags},
            "source": shown,
            "outputs": [],
            "execution_count": None,
        }
        content["cells"].insert(7, cell)
    content["cells"].append({"cell_type": "markdown", "id": "planted9", "metadata": {"tags": ["analyst"]}, "source": NAME})
    content["metadata"]["note"] = NAME
    notebook.write_text(json.dumps(content))


@pytest.fixture(scope="module")
def output(tmp_path_factory, project):
    folder = tmp_path_factory.mktemp("hostile")
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, folder / part)
    plant(folder)
    done = wres(folder, "run", PARAMS, *(part for name in SECTIONS for part in ("--only", name)))
    assert done.returncode == 0, done.stderr
    return folder / "outputs" / "necs" / "2019-20"


@pytest.mark.slow
def test_no_name_number_or_confidence_gets_out(output):
    canaries = [NAME, NUMBER, CONFIDED, "root:x:0:0"]
    leaks = find_leaks(output / "board", canaries, also=[output / "receipt.json", output / "run.log"])
    assert [leak.sentence() for leak in leaks] == []
    assert find_leaks(output / "analyst", [NAME]), "the working copy has it; else nothing was tested"


@pytest.mark.slow
def test_pages_show_hostile_text_and_do_nothing_with_it(output):
    for path in [output / "board" / "report.html", *(output / "board" / "sections").glob("*.html"), output / "analyst" / "report.html"]:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert page.find("script") is None and page.find("b", string="North") is None
        assert not [element for element in page.find_all(True) if any(name.startswith("on") for name in element.attrs)]
        for element in page.find_all(["a", "img", "iframe", "object"]):
            target = str(element.get("href") or element.get("src") or element.get("data"))
            assert (
                target.startswith(("#", "http", "data:image/", "mailto:"))
                or "/" in target
                or target.endswith((".html", ".csv", ".xlsx", ".pdf", ".docx"))
            )
            assert not target.lower().startswith(("javascript", "data:text", "http://outside")), target
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "taken over" in (output / "board" / "sections" / "03_disciplinary.html").read_text(encoding="utf-8"), "shown as text"


@pytest.mark.slow
def test_no_cell_of_a_table_is_a_formula(output):
    workbook = openpyxl.load_workbook(output / "board" / "workbook.xlsx")
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    begins = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "@", "\t"))]
    assert begins and all(cell.quotePrefix for cell in begins), "marked as text, also once somebody edits them"
    for path in output.rglob("*.csv"):
        with path.open(newline="", encoding="utf-8-sig") as file:
            values = [value for row in csv.reader(file) for value in row]
        assert not [value for value in values if value.startswith(("=", "@", "\t", "+1", "-2+"))], path.name
