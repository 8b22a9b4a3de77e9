"""09: a prompt made of notes and a question."""

from helpers.check.exercise import Function
from helpers.maths.retrieval import retrieval_prompt

NOTEBOOK = "09_catastrophic_forgetting"

LIKED, WENT = "kim liked cake .", "kim went to the farm ."


def _words(passages, question):
    return " ".join([*passages, question]).split()


def _random(rng):
    """Passages of 2 to 9 words: one alone may be too long."""
    passages = [
        " ".join(f"n{i}" for i in rng.integers(0, 50, int(rng.integers(2, 10))))
        for _ in range(int(rng.integers(2, 5)))
    ]
    return passages, "kim liked", int(rng.integers(7, 16))


def _cut(passages, question, room):
    return _words(passages[::-1], question)[-room:]


def _skipping(passages, question, room):
    prompt = question.split()
    for passage in passages:
        if len(passage.split()) + len(prompt) <= room:
            prompt = passage.split() + prompt
    return prompt


def _word_by_word(passages, question, room):
    turned = [" ".join(passage.split()[::-1]) for passage in passages]
    return retrieval_prompt(turned, question, room)


def _added_first(passages, question, room):
    prompt = question.split()
    for passage in passages:
        prompt = passage.split() + prompt
        if len(prompt) > room:
            break
    return prompt


def _counted(count):
    """Of the room, each passage that is taken uses up count(its words)."""

    def prompt(passages, question, room):
        left, kept = room - len(question.split()), []
        for passage in passages:
            if len(passage.split()) > left:
                break
            kept.insert(0, passage)
            left -= count(passage.split())
        return _words(kept, question)

    return prompt


def _worst_first(passages, question, room):
    return retrieval_prompt(passages[::-1], question, room)


def _best_first(passages, question, room):
    kept = []
    for passage in passages:
        if len(_words([*kept, passage], question)) > room:
            break
        kept.append(passage)
    return _words(kept, question)


RETRIEVAL_PROMPT = Function(
    reference=retrieval_prompt,
    cases=(
        ([LIKED], "kim liked", 12),
        ([LIKED, WENT], "kim liked", 12),
        ([LIKED, WENT], "kim liked", 8),
        ([LIKED, WENT, "rex ran ."], "kim liked", 10),
        ([LIKED], "kim liked", 6),
        (["rex ran .", LIKED], "kim liked", 9),
    ),
    random=_random,
    hard=(([], "kim liked", 12), ([LIKED], "kim liked", 3)),
    mistakes={
        "The question comes first: {case}. The passages belong before it, as the "
        "model goes on from the last word.": lambda p, q, r: (
            q.split() + retrieval_prompt(p, q, r)[: -len(q.split())]
        ),
        "The question comes first, and the room is not looked at: {case}. Begin with "
        "the question, and put each passage that fits in front of it.": (
            lambda p, q, r: _words([q, *p], "")
        ),
        "The question comes first, and the end is cut off: {case}. Put the passages "
        "in front of it, whole or not at all.": lambda p, q, r: _words([q, *p], "")[:r],
        "No passage is in it: {case}. Each passage is added as long as its words and "
        "those of the prompt are no more than room.": lambda p, q, r: q.split(),
        "The question is missing: {case}. The model must know what is asked.": (
            lambda p, q, r: retrieval_prompt(p, q, r)[: -len(q.split())]
        ),
        "The words of a passage stand in reverse, as each one is put in front of the "
        "one before: {case}. Put the whole passage in front at once: "
        "`prompt = words + prompt`.": _word_by_word,
        "The passage is added before you look whether it fits: {case}. Look first.": (
            _added_first
        ),
        "What earlier passages took is not counted: {case}. Each one that is taken "
        "leaves less room, by the number of its words.": _counted(lambda words: 0),
        "Each passage counts as one word: {case}. It takes up len(words) of the "
        "room.": _counted(lambda words: 1),
        "Each passage counts as four words: {case}. It takes up len(words) of the "
        "room, however many these are.": _counted(lambda words: 4),
        "The room is not looked at: {case}. Stop at the passage that does not fit "
        "any more.": lambda p, q, r: _words(p[::-1], q),
        "The room is not looked at, and the best passage stands farthest away: {case}. "
        "Stop when it is full, and put the best one next to the question.": (
            lambda p, q, r: _words(p, q)
        ),
        "A passage is cut in the middle: {case}. Half a passage may say something "
        "else, so take it whole or not at all.": _cut,
        "The best passage stands farthest from the question: {case}. It comes first "
        "in the list, and last before the question.": _best_first,
        "The worst passage is taken first: {case}. The list begins with the best.": (
            _worst_first
        ),
        "A passage that does not fit is skipped, and a worse one taken: {case}. Stop "
        "there.": _skipping,
        "Only the best passage is taken, though there is room: {case}.": (
            lambda p, q, r: retrieval_prompt(p[:1], q, r)
        ),
        "The room for the question is forgotten: {case}. Passages and question "
        "together must fit.": lambda p, q, r: retrieval_prompt(
            p, q, r + len(q.split())
        ),
        "One passage more would fit: {case}. The room may be filled to the last "
        "word.": lambda p, q, r: retrieval_prompt(p, q, r - 1),
    },
    hints=(
        "Begin with prompt = question.split() and go through the passages in order.",
        "If passage and prompt together are longer than room, stop with break.",
        "Else put the passage in front: prompt = passage.split() + prompt.",
    ),
)

EXERCISES = [RETRIEVAL_PROMPT]
