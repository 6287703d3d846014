# SPDX-License-Identifier: Apache-2.0
"""Writes golden.json: what Hugging Face's tokenizers makes of some texts.

    pip install tokenizers==0.23.3
    python golden.py
"""

import json
import random
from pathlib import Path

from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
TEXTS = [
    "", " ", "  ", "\n", "a", "Once upon a time, there was a little girl named Anna.",
    "She's here; they'll go, I'd say we've 'seen' it. DON'T", "It'\u2019s", " leading", "trailing ", "two  spaces", "tab\tand\nline \n end\n\n",
    "12345 and 3.14, 1/2 \u00bd \u0663", "na\u00efve caf\u00e9 \u65e5\u672c\u8a9e \u041f\u0440\u0438\u0432\u0435\u0442", "\U0001f600\U0001f680 emoji",
    "\u00a0non-breaking\u2003em \u3000ideographic", "<|endoftext|>", "before<|endoftext|>after", "<|endoftext", "a" * 100, "the" * 30,
    "x\x00y\x7fz\x85w\xad", "e\u0301 combining", "...!!!???", " ' 's 'S", "'t're'v", "\r\n\r\n windows", "\ufeffbom",
]


def main() -> None:
    t = Tokenizer.from_file(str(HERE.parents[1] / "examples" / "stories" / "tokenizer.json"))
    rng = random.Random(1)
    signs = [" ", " ", " ", "\n", "'", "s", "t", "he", "and", "The", "7", ".", '"', "\u00e9", "\u3000", "\u0663", "\U0001f600", "<|endoftext|>"]
    texts = TEXTS + ["".join(rng.choices(signs, k=rng.randrange(1, 30))) for _ in range(200)]
    lines = [json.dumps({"text": s, "tokens": t.encode(s).ids}) for s in texts]
    (HERE / "golden.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
