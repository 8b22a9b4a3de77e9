"""The course's own language: four kinds of children's story, as a grammar.

Read a line as: this choice, its possible words, their probabilities. A choice is
made at its first mention and repeated at every later one. `helpers.language.grammar`
explains the notation.
"""

CAPITALS = ["anna", "ben", "mia", "tom", "pip", "dot", "sam"]

RULES = {
    # The kind of story. The first two begin with the same sentence, the third
    # with the same three words.
    "story": {"{lost}": 0.4, "{swap}": 0.3, "{race}": 0.1, "{pet}": 0.2},
    # Who.
    "hero": {"anna": 0.4, "ben": 0.3, "mia": 0.2, "tom": 0.1},
    "friend | hero": {
        "anna": {"ben": 0.5, "mia": 0.3, "tom": 0.2},
        "ben": {"anna": 0.5, "mia": 0.3, "tom": 0.2},
        "mia": {"anna": 0.5, "ben": 0.3, "tom": 0.2},
        "tom": {"anna": 0.5, "ben": 0.3, "mia": 0.2},
    },
    "she | hero": {
        "anna": {"she": 1},
        "ben": {"he": 1},
        "mia": {"she": 1},
        "tom": {"he": 1},
    },
    # What. A kite hints at a lost toy, a doll at a swap.
    "size": {"": 0.5, "little": 0.3, "big": 0.2},
    "colour": {"red": 0.5, "blue": 0.3, "green": 0.2},
    "other_colour | colour": {
        "red": {"blue": 0.6, "green": 0.4},
        "blue": {"red": 0.6, "green": 0.4},
        "green": {"red": 0.6, "blue": 0.4},
    },
    "toy | story": {
        "lost": {"kite": 0.4, "ball": 0.3, "drum": 0.2, "doll": 0.1},
        "swap": {"doll": 0.4, "drum": 0.3, "ball": 0.2, "kite": 0.1},
    },
    "other_toy | toy": {
        "kite": {"ball": 0.5, "drum": 0.3, "doll": 0.2},
        "ball": {"kite": 0.5, "drum": 0.3, "doll": 0.2},
        "drum": {"kite": 0.5, "ball": 0.3, "doll": 0.2},
        "doll": {"kite": 0.5, "ball": 0.3, "drum": 0.2},
    },
    # When and where.
    "day": {"morning": 0.5, "day": 0.3, "evening": 0.2},
    "place": {"park": 0.4, "beach": 0.3, "farm": 0.2, "river": 0.1},
    "spot | place": {
        "park": {"under a bench": 0.5, "behind a tree": 0.3, "in the grass": 0.2},
        "beach": {"in the sand": 0.5, "behind a rock": 0.3, "under a boat": 0.2},
        "farm": {"behind the barn": 0.5, "in the hay": 0.3, "under a cart": 0.2},
        "river": {"in the mud": 0.5, "under the bridge": 0.3, "behind a log": 0.2},
    },
    # A toy is left behind and found.
    "lost": {
        "one {day} {hero} took a {size} {colour} {toy} to the {place} . "
        "{loses} {friend} went there and found the {colour} {toy} {spot} . {thanks}": 1
    },
    "loses": {
        "{she} came home without it .": 0.5,
        "{she} ran home and forgot it .": 0.3,
        "but {she} lost it .": 0.2,
    },
    "thanks": {
        "{hero} was happy again .": 0.5,
        "{hero} said thank you to {friend} .": 0.3,
        "then {hero} and {friend} played with the {toy} .": 0.2,
    },
    # Two children swap toys; who goes home with what?
    "swap": {
        "one {day} {hero} took a {size} {colour} {toy} to the {place} . "
        "{friend} {meets} a {other_colour} {other_toy} . {swapped} . {carried}": 1
    },
    "meets": {"was there with": 0.6, "came with": 0.4},
    "swapped": {"they swapped toys": 0.6, "soon they swapped": 0.4},
    "carried": {
        "{hero} went home with the {other_colour} {other_toy} .": 0.6,
        "{friend} went home with the {colour} {toy} .": 0.4,
    },
    # A race: one wins, the other is sad.
    "race": {
        "one {day} {hero} and {friend} ran a race . "
        "{winner} was faster and won a {colour} {prize} . "
        "{loser} {cried} . {comfort}": 1
    },
    "winner": {"{hero}": 0.6, "{friend}": 0.4},
    "loser | winner": {"hero": {"{friend}": 1}, "friend": {"{hero}": 1}},
    "prize": {"ribbon": 0.5, "cup": 0.3, "flag": 0.2},
    "cried": {"began to cry": 0.6, "was sad": 0.4},
    "comfort": {
        "so {winner} gave {loser} the {colour} {prize} . {cheer}": 0.5,
        "so {winner} and {loser} shared the {prize} . {cheer}": 0.3,
        "but soon {loser} was happy again .": 0.2,
    },
    "cheer": {"{loser} was happy again .": 0.6, "": 0.4},
    # A pet runs away and comes back for the food it likes.
    "pet": {
        "{hero} had a {size} {animal} called {name} . "
        "{name} liked {food} but not {other_food} . "
        "one {day} {name} {strays} to the {place} . "
        "{hero} went there with some {food} . {returns} .": 1
    },
    "strays": {"ran away": 0.6, "went": 0.4},
    "returns": {
        "soon the {size} {animal} came home": 0.5,
        "then the {animal} ran home with {hero}": 0.3,
        "{hero} and the {animal} went home": 0.2,
    },
    "animal": {"cat": 0.5, "dog": 0.3, "duck": 0.2},
    "name": {"pip": 0.5, "dot": 0.3, "sam": 0.2},
    "food | animal": {
        "cat": {"fish": 0.5, "cheese": 0.3, "bread": 0.2},
        "dog": {"cheese": 0.5, "bread": 0.3, "fish": 0.2},
        "duck": {"bread": 0.5, "fish": 0.3, "cheese": 0.2},
    },
    "other_food | food": {
        "fish": {"cheese": 0.6, "bread": 0.4},
        "cheese": {"bread": 0.6, "fish": 0.4},
        "bread": {"fish": 0.6, "cheese": 0.4},
    },
}
