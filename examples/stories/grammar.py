# SPDX-License-Identifier: Apache-2.0
"""Writes small stories for children from templates of our own.

A story fixes a hero, a friend, a place and a thing, and then tells what happens
to them in five to eight sentences: who they are, what they find or lose, what
they say, how they feel, how it ends. Names, pronouns and the thing have to
agree over the whole story, so there is something to learn beyond the next word.

    python grammar.py --seed 1 --stories 5
"""

import argparse
import random

GIRLS = ["Anna", "Lily", "Mia", "Sara", "Emma", "Lucy"]
BOYS = ["Tom", "Ben", "Max", "Sam", "Leo", "Tim"]
# An animal with the adjectives that stories give it.
ANIMALS = {
    "dog": ["brown", "happy", "big"], "cat": ["black", "soft", "lazy"], "bird": ["blue", "tiny", "red"],
    "frog": ["green", "funny", "wet"], "bear": ["brown", "big", "kind"], "mouse": ["gray", "tiny", "shy"],
    "rabbit": ["white", "soft", "fast"], "duck": ["yellow", "funny", "small"],
}
PLACES = ["the park", "the garden", "the forest", "the river", "the beach", "the old house", "the hill", "the school"]
# A thing with its adjectives and what one does with it.
THINGS = {
    "ball": (["red", "big", "round"], "throw the ball", "threw the ball"),
    "kite": (["blue", "long", "bright"], "fly the kite", "flew the kite"),
    "book": (["old", "big", "new"], "read the book", "read the book"),
    "boat": (["small", "white", "wooden"], "sail the boat", "sailed the boat"),
    "drum": (["loud", "round", "shiny"], "play the drum", "played the drum"),
    "cake": (["sweet", "warm", "big"], "eat the cake", "ate the cake"),
    "car": (["fast", "green", "shiny"], "push the car", "pushed the car"),
    "hat": (["funny", "warm", "new"], "wear the hat", "wore the hat"),
}
GREETINGS = ["Hello", "Hi", "Good morning"]
OPENINGS = ["Once upon a time", "One day", "One sunny morning", "Long ago"]
FEELINGS_GOOD = ["happy", "glad", "proud", "excited"]
FEELINGS_BAD = ["sad", "scared", "angry", "worried"]
WEATHER = ["The sun was warm.", "It was a cold day.", "The wind was strong.", "It began to rain.", "The sky was blue."]
LESSONS = ["It is good to share", "It is good to be kind", "Friends help each other", "It is important to tell the truth",
           "We should never give up"]


def article(phrase: str) -> str:
    """The phrase with its indefinite article."""
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


class Story:
    """One story; every choice comes from rng."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        pick = rng.choice
        self.girl = rng.random() < 0.5
        self.hero = pick(GIRLS if self.girl else BOYS)
        self.he, self.his, self.him = ("she", "her", "her") if self.girl else ("he", "his", "him")
        self.animal = pick(list(ANIMALS))
        self.animal_adj = pick(ANIMALS[self.animal])
        self.place = pick(PLACES)
        self.thing = pick(list(THINGS))
        adjectives, self.use, self.used = THINGS[self.thing]
        self.thing_adj = pick(adjectives)

    def text(self) -> str:
        middle = self.rng.choice([self.lost, self.found, self.shared, self.afraid])
        sentences = [self.opening(), self.wish()]
        if self.rng.random() < 0.5:
            sentences.append(self.rng.choice(WEATHER))
        return " ".join(sentences + middle() + self.ending())

    def opening(self) -> str:
        kind = "girl" if self.girl else "boy"
        size = self.rng.choice(["little", "small", "young"])
        start = self.rng.choice(OPENINGS)
        if start in ("Once upon a time", "Long ago"):
            return f"{start}, there was a {size} {kind} named {self.hero}."
        return f"{start}, a {size} {kind} named {self.hero} went to {self.place}."

    def wish(self) -> str:
        return self.rng.choice([
            f"{self.hero} had {article(self.thing_adj)} {self.thing}.",
            f"{self.hero} loved to {self.use}.",
            f"Every day, {self.he} wanted to {self.use}.",
        ])

    def meet(self) -> str:
        return f"At {self.place}, {self.he} met {article(self.animal_adj)} {self.animal}."

    def say(self, who: str, words: str) -> str:
        # A full stop becomes a comma where the sentence goes on.
        before = words[:-1] + "," if words.endswith(".") else words
        return self.rng.choice([f'"{before}" said {who}.', f'{who[0].upper() + who[1:]} said, "{words}"'])

    def lost(self) -> list[str]:
        return [
            f"But one day, the {self.thing} was gone.",
            f"{self.hero} was very {self.rng.choice(FEELINGS_BAD)}.",
            f"{self.he.capitalize()} looked under the bed and behind the tree.",
            self.meet(),
            f"The {self.animal} had the {self.thing} in {self.rng.choice(['a box', 'a hole', 'the grass'])}.",
            self.say(f"the {self.animal}", "I am sorry."),
        ]

    def found(self) -> list[str]:
        return [
            f"Near {self.place}, {self.hero} found {article(self.thing_adj)} {self.thing}.",
            f"{self.he.capitalize()} picked it up and looked at it.",
            f"Then {article(self.animal_adj)} {self.animal} came.",
            self.say(f"the {self.animal}", f"That is my {self.thing}!"),
            f"{self.hero} gave the {self.thing} back to the {self.animal}.",
        ]

    def shared(self) -> list[str]:
        return [
            self.meet(),
            self.say(self.hero, f"{self.rng.choice(GREETINGS)}, {self.animal}!"),
            self.say(f"the {self.animal}", f"Can I {self.use} with you?"),
            f"{self.hero} and the {self.animal} {self.used} all day.",
        ]

    def afraid(self) -> list[str]:
        return [
            f"{self.hero} heard a loud noise.",
            f"{self.he.capitalize()} was {self.rng.choice(FEELINGS_BAD)} and ran to {self.his} {self.rng.choice(['mom', 'dad'])}.",
            f"But it was only {article(self.animal_adj)} {self.animal}.",
            f"The {self.animal} wanted to {self.use}.",
            f"{self.hero} laughed and let the {self.animal} play with {self.him}.",
        ]

    def ending(self) -> list[str]:
        out = [f"{self.hero} and the {self.animal} were very {self.rng.choice(FEELINGS_GOOD)}."]
        if self.rng.random() < 0.5:
            out.append(self.say(f"{self.his} {self.rng.choice(['mom', 'dad'])}", self.rng.choice(LESSONS) + "."))
        out.append(self.rng.choice([
            "They became best friends.", f"They went home and {self.he} slept well.", "They lived happily ever after.",
            f"{self.hero} never forgot that day.",
        ]))
        return out


def stories(seed: int, count: int) -> list[str]:
    """The first count stories of a seed."""
    rng = random.Random(seed)
    return [Story(rng).text() for _ in range(count)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stories", type=int, default=5)
    args = parser.parse_args()
    print("\n".join(stories(args.seed, args.stories)))
