"""Texts for the tokenizers: what they are trained on, and 200 awkward ones."""

import random

CORPUS = [
    "make the boat red",
    "turn the sky into a starry night sky",
    "add a small yellow umbrella next to the old lighthouse",
    "remove the two green balloons above the house",
    "replace the cat with a dog that wears a striped hat",
    "draw a box around the bicycle",
    "write HELLO on the sign in large letters",
    "change the style to watercolour, with soft edges",
    "what if it were snowing? 1 2 3 4 5 6 7 8 9 0",
    "it's the children's kite; they're happy, we've seen it, I'm sure you'll like what he'd do",
]

AWKWARD = [
    "",
    " ",
    "   \t\n  ",
    "Make the BOAT red!",
    "mAkE tHe BoAt ReD",
    "make   the\tboat\n\nred",
    " leading and trailing ",
    "don't you're we've I'm he'll she'd it's",
    "DON'T YOU'RE WE'VE",
    "’curly’ “quotes” — and – dashes…",
    "price: $12.50, 50% off!!!",
    "a1b2c3 42 007 3.14159 1,000,000",
    "snake_case camelCase kebab-case UPPER_CASE",
    "user@example.com https://example.com/a?b=c#d",
    "<|startoftext|>",
    "<|endoftext|> after the end",
    "text <|endoftext|> in the middle",
    "<s> </s> <pad> <unk>",
    "emoji 🙂 🎉🎉 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽",
    "🙂",
    "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
    "café CAFÉ cafe\u0301 CAFE\u0301",
    "naïve façade Ångström",
    "Straße STRASSE ẞ ß",
    "İstanbul I ı i",
    "日本語のテキスト",
    "把船变成红色",
    "배를 빨간색으로",
    "сделай лодку красной СДЕЛАЙ",
    "κάνε τη βάρκα κόκκινη",
    "اجعل القارب أحمر",
    "הפוך את הסירה לאדומה",
    "नाव को लाल करो",
    "ทำให้เรือเป็นสีแดง",
    "zero\u200bwidth\u200djoiner\ufeffbom",
    "no\u00a0break\u2009thin\u3000ideographic",
    "line\u2028separator\u2029paragraph\u0085next",
    "control \u0001\u0002\u001f\u007f chars",
    "\U0001d4d0\U0001d4d1 mathematical \U0001f100",
    "ﬁ ligature ﬀ ① ² ½ Ⅷ",
    "ΑΒΓ ΣΊΣΥΦΟΣ",
    "combining a\u0308o\u0308u\u0308 a\u0300\u0323",
    "............",
    "!?!?!?!?",
    "((([[[{{{}}}]]])))",
    "a" * 300,
    "boat" * 60,
    "word " * 200,
    "1" * 120,
    "the quick brown fox jumps over the lazy dog " * 5,
    "'s't're've'm'll'd",
    "' s ' t",
    "x's y'S z'T",
    "tab\tseparated\tvalues",
    "\r\nwindows\r\nlines\r\n",
    "null\u0000byte",
    "back\\slash /slash |pipe",
    '"double" `back` ^caret ~tilde',
    "\u202eright to left override",
    "𠜎𠜱𠝹𠱓 rare han",
    "Ǆ ǅ ǆ titlecase",
    "ŉ ǰ ΐ special casing",
    "ᾼ ῼ greek iota",
    "Ⓐⓑ circled",
    "á̂̃̄ stacked",
]


def awkward_texts() -> list[str]:
    """The list above, filled up to 200 with seeded mixtures of its pieces and of random characters."""
    random_ = random.Random(7)
    ranges = [(32, 126), (0xA0, 0x17F), (0x370, 0x5FF), (0x900, 0x97F), (0x4E00, 0x4EFF), (0x1F300, 0x1F64F)]
    words = [word for text in CORPUS + AWKWARD[:45] for word in text.split()]
    texts = list(AWKWARD)
    while len(texts) < 200:
        if len(texts) % 2:
            picked = [random_.choice(words) for _ in range(random_.randint(1, 30))]
            text = random_.choice([" ", "  ", "", ", "]).join(picked)
        else:
            low, high = random_.choice(ranges)
            text = "".join(chr(random_.randint(low, high)) for _ in range(random_.randint(1, 60)))
        if text not in texts:
            texts.append(text)
    return texts
