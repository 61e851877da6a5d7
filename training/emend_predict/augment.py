"""Random changes of a sentence's surface that leave its task alone: slips of the fingers, case, manners."""

import random
import re

BEFORE = (
    "please", "pls", "can you", "could you", "could you please", "hey,", "ok", "hi,", "now", "just", "kindly", "so",
    "would you", "i want you to", "i need you to", "lets", "let's", "yo", "um,", "and", "then", "also", "first,",
    "in this photo,", "for this picture:", "in the image,", "edit:", "help me", "try to", "i'd like you to",
)  # fmt: skip
AFTER = (
    "please", "pls", "thanks", "thank you", "thx", "in this photo", "in the picture", "in this image", "if you can",
    "asap", "for me", "now", "ok?", "would be great", "here", "in the photo", "this time",
)  # fmt: skip
NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
POLITE_VERB = re.compile(r"^(can|could|would|will|i|we|the|there|it|this|that|what|why|how|my|a|an)\b", re.I)


def slip(word: str, rng: random.Random) -> str:
    """One letter swapped with its neighbour, dropped, doubled, or replaced by a near key."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    return word[:at] + rng.choice(NEAR.get(word[at].lower(), word[at])) + word[at + 1 :]


def augment(text: str, rng: random.Random) -> str:
    """A new surface for `text`; about half of the time the text itself."""
    if rng.random() < 0.45:
        return text
    if rng.random() < 0.18 and not POLITE_VERB.match(text):
        text = f"{rng.choice(BEFORE)} {text[0].lower()}{text[1:]}"
    if rng.random() < 0.12:
        text = f"{text.rstrip('.!? ')} {rng.choice(AFTER)}"
    if rng.random() < 0.12:
        text = re.sub(r"\b(the|a|an) ", "", text)
    if rng.random() < 0.15:
        words = text.split(" ")
        long = [i for i, word in enumerate(words) if word.isalpha() and len(word) > 3]
        for i in rng.sample(long, min(len(long), 1 + (rng.random() < 0.25))):
            words[i] = slip(words[i], rng)
        text = " ".join(words)
    end = rng.random()
    if end < 0.15:
        text = text.rstrip(".!? ")
    elif end < 0.25 and text[-1:].isalnum():
        text += "."
    if rng.random() < 0.1:
        text = text[0].upper() + text[1:]
    return text
