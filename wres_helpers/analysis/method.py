"""What a calculation needs to know besides the counts: the rule of the status and the choices of a master file."""

from dataclasses import dataclass, field

from wres_helpers.settings.master_file import StatusRule
from wres_helpers.settings.parameters import Parameters


@dataclass(frozen=True)
class Method:
    """How comparisons are made and judged."""

    rule: StatusRule = field(default_factory=StatusRule)  # of the status
    questions: dict[str, str] = field(default_factory=dict)  # of the survey by indicator, where it is not the edition's

    @classmethod
    def of(cls, parameters: Parameters) -> "Method":
        """Return the method a master file asks for."""
        return cls(parameters.status_rule, dict(parameters.survey.questions.items()))

    @property
    def confidence(self) -> float:
        """Confidence of every interval."""
        return self.rule.confidence
