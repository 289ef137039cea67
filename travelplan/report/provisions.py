"""What goes with a decision, as JSON and as text: exceptions, approvals, classes, levies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travelplan.language import Language, message
from travelplan.scheme.decision import Decision
from travelplan.scheme.levy import Travelled
from travelplan.scheme.outline import ONLY_DEVIATIONS, chain_words, levy_price
from travelplan.scheme.rights import Reason
from travelplan.scheme.vocabulary import CLASSES, MODES, OUTCOMES, fact_name, fact_value

Record = dict[str, Any]
PROVISIONS = ("exceptions", "approvals", "classes", "levies")


def provisions_record(decision: Decision) -> Record:
    """Return what goes with a decision as JSON."""
    return {
        "exceptions": {
            "applied": _reason_record(decision.exception) if decision.exception else None,
            "given": [reason.code for reason in decision.reasons_given],
            "not_on_the_list": list(decision.reasons_strange),
            "would_apply": [_reason_record(reason) for reason in decision.may_apply],
        },
        "approvals": [
            {
                "id": approval.id,
                "modes": list(approval.modes),
                "chain": [{"id": id_, "name": words.en} for id_, words in approval.chain],
                "assumed": approval.assumed,
                "only_deviations": approval.only_deviations,
                "numbered": approval.numbered,
            }
            for approval in decision.approvals
        ],
        "classes": [
            {
                "mode": item.mode,
                "class": item.cabin,
                "decides": item.decides.en if item.decides else None,
                "sure": sure,
            }
            for item, sure in decision.classes
        ],
        "levies": [
            {
                "id": levy.id,
                "kind": levy.kind,
                "modes": list(levy.modes),
                "currency": levy.currency,
                "prices": [{"from": day.isoformat(), "amount": sum_} for day, sum_ in levy.prices],
                "bands": [{"up_to_km": b.up_to_km, "amount": b.amount} for b in levy.bands],
                "class_multiplier": dict(levy.class_multiplier),
                "voluntary": levy.voluntary,
                "text": levy.text.en,
            }
            for levy in decision.version.levies
        ],
    }


def levied_record(decision: Decision, travelled: Travelled) -> list[Record]:
    """Return what one option costs beside its fare; null where it cannot be reckoned."""
    if decision.outcome == "out_of_scope":
        return []
    return [
        {
            "id": item.levy.id,
            "amount": item.amount,
            "currency": item.levy.currency,
            "voluntary": item.levy.voluntary,
        }
        for item in decision.levies(travelled)
    ]


def provision_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield what goes with a decision as text."""
    say, version = language.say, decision.version
    for name, value in decision.presumed.items():
        if name in decision.assumed:
            continue
        yield say(
            message(
                "Not given, so taken: {fact}: {value}.",
                fact=fact_name(name, version),
                value=fact_value(name, value, version),
            )
        )
    yield from _reason_lines(decision, language)
    for approval in decision.approvals:
        who = chain_words(approval, language)
        if approval.only_deviations:
            who += f" ({say(ONLY_DEVIATIONS)})"
        if approval.modes:
            modes = ", ".join(say(MODES[mode]) for mode in approval.modes)
            yield say(message("To agree ({modes}): {who}.", modes=modes, who=who))
        else:
            yield say(message("To agree: {who}.", who=who))
    if decision.outcome == "out_of_scope":
        return
    yield from class_lines(decision, language)
    yield from levy_lines(decision, language)


def levy_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield what a trip costs beside its fare, a sentence for each levy."""
    say = language.say
    for levy in decision.version.levies:
        price = levy_price(levy, language)
        text = say(levy.text)
        said = f"{text.rstrip('.')} ({price})." if price else text
        yield say(message("Levy: {levy}", levy=said))


def _reason_lines(decision: Decision, language: Language) -> Iterator[str]:
    if decision.exception:
        reason = decision.exception
        effect = OUTCOMES[decision.outcome]
        yield language.say(
            message("Exception: {reason}. So: {outcome}.", reason=reason.text, outcome=effect)
        )
        if reason.decides:
            yield language.say(message("Decides: {who}", who=reason.decides))
        for words in (reason.proof, reason.requires):
            if words:
                yield language.say(words)
    requests = [r for r in decision.reasons_given if r is not decision.exception]
    for reason in requests:
        yield language.say(
            message(
                "You give a reason: {reason}. It does not change the decision; it goes with a "
                "request to deviate.",
                reason=reason.text,
            )
        )
    for strange in decision.reasons_strange:
        yield language.say(
            message("“{reason}” is not on the closed list of reasons.", reason=strange)
        )
    names = [language.say(reason.text) for reason in decision.may_apply]
    if names:
        yield language.say(message("Reasons to deviate: {names}.", names="; ".join(names)))


def class_lines(decision: Decision, language: Language) -> Iterator[str]:
    """Yield the class that one may take by each mode."""
    for item, sure in decision.classes:
        mode, cabin = MODES[item.mode], CLASSES[item.cabin]
        if item.decides:
            text = message(
                "{mode}: {cabin} if this person agrees: {who}.",
                mode=mode,
                cabin=cabin,
                who=item.decides,
            )
        elif sure:
            text = message("{mode}: {cabin}.", mode=mode, cabin=cabin)
        else:
            text = message("{mode}: perhaps {cabin}.", mode=mode, cabin=cabin)
        yield language.say(text)


def _reason_record(reason: Reason) -> Record:
    return {
        "id": reason.code,
        "effect": reason.effect,
        "decides": reason.decides.en if reason.decides else None,
        "proof": reason.proof.en if reason.proof else None,
        "requires": reason.requires.en if reason.requires else None,
        "assumed": reason.assumed,
    }
