"""A whole scheme as text: what it covers, its rules in order, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterator

from travelplan.language import Country, Language, message
from travelplan.scheme.levy import Levy
from travelplan.scheme.logic import ALWAYS
from travelplan.scheme.rights import REQUEST, Approval, Entitlement, Reason
from travelplan.scheme.rulebook import EVERYWHERE, Rule, Version
from travelplan.scheme.sentences import Speaker
from travelplan.scheme.vocabulary import CLASSES, MODES, OUTCOMES, fact_name, fact_value

INDENT = "  "


def rule_sentences(version: Version, language: Language) -> Iterator[tuple[Rule, str]]:
    """Yield gates and rules, each with its sentence, in the order in which they are asked."""
    speaker = Speaker(version, language)
    ladder = (*version.gates, *version.rules)
    for rule in ladder:
        yield rule, speaker.rule(rule, last=rule is ladder[-1])


def rule_lines(version: Version, language: Language) -> Iterator[str]:
    """Yield gates and rules as numbered sentences, in the order in which they are asked."""
    for number, (_, sentence) in enumerate(rule_sentences(version, language), 1):
        yield f"{number}. {sentence}"


def version_lines(version: Version, language: Language) -> Iterator[str]:
    """Yield a version as text, without its days: that is up to who prints it."""
    say = language.say
    if version.note:
        yield say(version.note)
    if version.scope_because:
        yield say(version.scope_because)
    if version.judged == "trip":
        yield say(message("A tour is judged as a whole: its times and distances are summed."))
    for sentence in assumption_lines(version, language):
        yield say(message("Assumption: {sentence}", sentence=sentence))
    yield from presumption_lines(version, language)
    yield say(message("Rules, the first that applies decides:"))
    yield from (INDENT + line for line in rule_lines(version, language))
    yield from list_lines(version, language)
    for head, lines in provision_blocks(version, language):
        yield head
        yield from (f"{INDENT}– {line}" for line in lines)


def provision_blocks(version: Version, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield what goes with the rules, a head and its lines: reasons, approvals, classes, levies.

    A head that would have no lines is left out.
    """
    blocks = (
        (message("Exceptions:"), [_reason(r, language) for r in version.reasons]),
        (message("Who agrees:"), [_approval(a, language, version) for a in version.approvals]),
        (message("Classes:"), [_entitlement(c, version, language) for c in version.classes]),
        (message("Levies:"), [_levy(levy, language) for levy in version.levies]),
        (message("Also stated:"), [language.say(words) for words in version.statements]),
    )
    for head, lines in blocks:
        if lines:
            yield language.say(head), lines


def levy_price(levy: Levy, language: Language) -> str:
    """Return the price of a levy as text; empty where it has none."""
    unit = {
        "per_tonne": message("a tonne of CO2e"),
        "per_flight": message("a flight"),
    }.get(levy.kind)
    if unit is None or not levy.prices:
        return ""
    amounts = [
        language.say(
            message(
                "{amount} {currency} {unit} from {day}",
                amount=amount,
                currency=levy.currency,
                unit=unit,
                day=day.isoformat(),
            )
        )
        for day, amount in levy.prices
    ]
    return ", ".join(amounts)


ONLY_DEVIATIONS = message("only if you choose what the scheme does not simply allow")


def chain_words(approval: Approval, language: Language) -> str:
    """Return who agrees, in order."""
    return " → ".join(language.say(words) for _, words in approval.chain)


def assumption_lines(version: Version, language: Language) -> Iterator[str]:
    """Yield what was assumed: why each value is what it is, and what the rules take for granted."""
    for parameter in version.parameters.values():
        if parameter.because:
            yield language.say(parameter.because)
    for words in dict.fromkeys(words for rule in version.rules for words in rule.assumes):
        yield language.say(words)


def presumption_lines(version: Version, language: Language) -> Iterator[str]:
    """Yield what counts where a fact is not given."""
    for name, presumed in version.presumed.items():
        if presumed.because:
            text: object = presumed.because
        elif presumed.same_as:
            text = message(
                "Without {fact} we take {other}.",
                fact=fact_name(name, version),
                other=fact_name(presumed.same_as, version),
            )
        else:
            text = message(
                "Without {fact} we take: {value}.",
                fact=fact_name(name, version),
                value=fact_value(name, presumed.value or False, version),
            )
        yield language.say(text)


def list_lines(version: Version, language: Language) -> Iterator[str]:
    """Yield the lists of places that the rules ask for."""
    for name, entries in version.list_names.items():
        whole = language.say(message("the whole country"))
        parts = [
            f"{language.say(Country(land))}: "
            + ", ".join(whole if place == EVERYWHERE else place for place in places)
            for land, places in sorted(entries.items())
        ]
        outcomes = [item.outcome for item in version.indications if item.list == name]
        head = language.say(message("List “{list}”:", list=name))
        if outcomes:
            text = message(
                "List “{list}” (only indicates “{outcome}”, where the times are not known):",
                list=name,
                outcome=OUTCOMES[outcomes[0]],
            )
            head = language.say(text)
        yield f"{head} {'; '.join(parts)}"


def _reason(reason: Reason, language: Language) -> str:
    text = language.say(reason.text)
    if reason.effect != REQUEST:
        effect = language.say(OUTCOMES[reason.effect])
        text = language.say(message("{reason}: then “{outcome}”", reason=text, outcome=effect))
    else:
        text = language.say(message("{reason}: may justify a request", reason=text))
    if reason.decides:
        text += ". " + language.say(message("Decides: {who}", who=reason.decides))
    if reason.proof:
        text += ". " + language.say(message("Proof: {proof}", proof=reason.proof)).rstrip(".")
    if reason.requires:
        text += ". " + language.say(reason.requires).rstrip(".")
    return text + "."


def _approval(approval: Approval, language: Language, version: Version) -> str:
    text = chain_words(approval, language)
    if approval.modes:
        modes = ", ".join(language.say(MODES[mode]) for mode in approval.modes)
        text = f"{modes}: {text}"
    if approval.condition != ALWAYS:
        clause = Speaker(version, language).condition(approval.condition)
        text += f" ({clause})"
    if approval.only_deviations:
        text += f" ({language.say(ONLY_DEVIATIONS)})"
    if approval.text:
        text += ". " + language.say(approval.text).rstrip(".")
    return text + "."


def _entitlement(item: Entitlement, version: Version, language: Language) -> str:
    text = f"{language.say(MODES[item.mode])}: {language.say(CLASSES[item.cabin])}"
    if item.condition != ALWAYS:
        text += f" ({Speaker(version, language).condition(item.condition)})"
    if item.decides:
        text += ". " + language.say(message("Decides: {who}", who=item.decides))
    if item.text:
        text += ". " + language.say(item.text).rstrip(".")
    return text + "."


def _levy(levy: Levy, language: Language) -> str:
    price = levy_price(levy, language)
    text = language.say(levy.text)
    return f"{text} ({price})" if price else text
