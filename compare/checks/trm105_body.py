"""TRM105: one name of the source with several translations inside a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.lang import SOURCE
from compare.terms.bodies import Body, bodies, same
from compare.terms.glossary import grouped
from compare.values import Finding, Place, Span
from compare.words import in_dictionary

_Name = tuple[str, ...]
#: A name and the row in which it stands.
_Where = tuple[int, _Name]
_BODIES = finding("bodies", lambda some: bodies(some.words), (Body, Place, Span))


@check(
    "TRM105",
    mqm="terminology/inconsistent-use-of-terminology",
    needs={"models", "knows"},
    yields=("TRM101", "TRM103", "TRM201", "NAM1", "NAM5", "SEM104", "TYP107"),
    asks=[_BODIES],
)
def body(analysis: Analysis) -> Iterator[Finding]:
    """One name of the source with several translations inside a version

    Wrong:
    - ru: Сегодня Минцифры молчит. | en: Today the Ministry of Figures is silent. // ru: Отвечает теперь Минцифры. | en:
      The Ministry of Figures now answers. // ru: Это знает Минцифры. | en: The [[Ministry of Statistics]] knows it.

    Fine:
    - ru: Сегодня Минцифры молчит. | en: Today the Ministry of Figures is silent. // ru: Отвечает теперь Минцифры. | en:
      The Ministry now answers.

    Where every other version has there what this one has, the source calls two things by one name. Shorter forms
    (the Ministry), initials, names that are only spelled (NAM101) and single words (God, Heaven) are no fault.

    Score: 0.8 where the other name stands twice as often or more, 0.6 where it does not.
    Source: ISO 704 (one concept, one term); ISO 5060 (inconsistent terminology).
    """
    found = list(analysis.found(_BODIES))
    whole = _in_full({each.name for each in found})
    of_row = defaultdict[_Where, list[Body]](list)
    of_version = defaultdict[tuple[str, _Name], list[Body]](list)
    for each in found:
        of_row[each.row, each.name].append(each)
        of_version[each.version, whole.get(each.name, each.name)].append(each)
    for (_, name), places in of_version.items():
        known = all(in_dictionary(word, SOURCE) for word in name)
        if any(each.certain for each in places) or not known:
            usual, *others = sorted(grouped(places, _is_one), key=len, reverse=True)
            for group in others:
                if _is_fault(group, usual, of_row):
                    yield _finding(group, usual)


def _in_full(names: Set[_Name]) -> dict[_Name, _Name]:
    """Map a name of one word to the one longer name that begins with it: the Fund to the Fund for the Support."""
    longer = defaultdict[_Name, list[_Name]](list)
    for name in names:
        longer[name[:1]].append(name)
    return {head: max(both, key=len) for head, both in longer.items() if head in names and len(both) == 2}


def _is_one(one: Body, other: Body) -> bool:
    """Tell whether two renderings are one; of a name and its first word, which may be another's too, by any word."""
    shared = one.name != other.name and any(same([word], other.words) for word in one.words)
    return shared or same(one.words, other.words)


def _is_fault(group: Sequence[Body], usual: Sequence[Body], of_row: Mapping[_Where, Sequence[Body]]) -> bool:
    """Tell whether two names are a translator's, and not two that the source alone writes as one.

    Names that are only spelled, and single words (God, Heaven), are left to other checks.
    """
    translated = group[0].translated or usual[0].translated
    phrase = max(len(group[0].words), len(usual[0].words)) > 1
    others = [other for each in group for other in of_row[each.row, each.name] if other.version != each.version]
    agreed = others and all(same(other.words, group[0].words) for other in others)
    return translated and phrase and not agreed


def _finding(group: Sequence[Body], usual: Sequence[Body]) -> Finding:
    here, there = group[0], usual[0]
    return Finding(
        check="TRM105",
        severity="minor",
        score=0.8 if len(usual) >= 2 * len(group) else 0.6,
        places=(here.place, there.place, here.source, there.source, *(each.place for each in group[1:])),
        message=f"“{here.place.text}” ({len(group)}×) and “{there.place.text}” ({len(usual)}×) translate one name, "
        f"“{here.source.text}”",
        suggestion=there.place.text if len(usual) > len(group) else None,
        row=here.row,
    )
