"""What a calculation needs to know besides the counts: the rule of the status and the choices of a master file."""

from dataclasses import dataclass, field

from wres_helpers.settings.parameters import Parameters


@dataclass(frozen=True)
class Method:
    """How comparisons are made and judged."""

    confidence: float = 0.95  # of every interval
    no_adverse_range: tuple[float, float] = (0.80, 1.25)  # of the relative likelihood
    minimum_expected: float = 5  # people in a cell, were there no difference, for a judgement when the interval is not clear
    questions: dict[str, str] = field(default_factory=dict)  # of the survey by indicator, where it is not the edition's

    @classmethod
    def of(cls, parameters: Parameters) -> "Method":
        """Return the method a master file asks for."""
        rule, survey = parameters.status_rule, parameters.survey
        return cls(rule.confidence, rule.no_adverse_range, rule.minimum_expected, dict(survey.questions.items()))
