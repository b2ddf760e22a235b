"""What can happen to the units of work of an output: on this execute.py tries results.py."""


def curve(statistics, criterion, image_set="clean-validation", order=""):
    return {"statistics": statistics, "criterion": criterion, "image_set": image_set, "order": order}


# What happened, in its order: attempts at units of three networks, and what each unit was made of. "+" is
# done and counts, "-" is done and does not, "!" failed and is to be told, "." failed and was mended.
HISTORY = [
    ("+", "n", "entropies", "once", {}),
    ("-", "n", "entropies", "again", {}),
    ("+", "n", "entropies", "again", {}),
    ("-", "n", "repair", "withdrawn", {}),
    ("!", "n", "repair", "withdrawn", {}),
    ("-", "n", "evaluation", "of what was withdrawn", {"repair": "withdrawn"}),
    (".", "n", "repair", "retried", {"rule": "r"}),
    ("+", "n", "repair", "retried", {"rule": "r"}),
    (".", "n", "defence", "at first", {}),
    # Defended, then with another scale, then with the first one on newer images.
    ("+", "n", "statistics", "s1", {}),
    ("+", "n", "curve", "v1", curve("s1", "a")),
    ("-", "n", "curve", "t1", curve("s1", "a", "clean-test")),
    ("-", "n", "curve", "p1", curve("s1", "a", "glasses")),
    ("+", "n", "curve", "q1", curve("s1", "a", "square")),
    ("+", "n", "activations", "a1", {"statistics": "s1", "image_set": "clean-validation"}),
    ("-", "n", "activations", "g1", {"statistics": "s1", "image_set": "glasses"}),
    ("+", "n", "repair", "r1", {"validation_curve": "v1"}),
    ("-", "n", "evaluation", "r1 on p1", {"repair": "r1", "poisoned_curve": "p1"}),
    ("-", "n", "evaluation", "r1 on q1", {"repair": "r1", "poisoned_curve": "q1", "clean_test_curve": "t1"}),
    ("-", "n", "detector", "v1 on p1", {"validation_curve": "v1", "poisoned_curve": "p1"}),
    ("-", "n", "fine_tuning", "f1", {"repair": "r1"}),
    (".", "n", "curve", "c1", curve("s1", "c")),
    ("-", "n", "statistics", "s2", {}),
    ("-", "n", "curve", "v2", curve("s2", "a")),
    ("-", "n", "activations", "a2", {"statistics": "s2", "image_set": "clean-validation"}),
    ("-", "n", "repair", "r2", {"validation_curve": "v2"}),
    (".", "n", "repair", "r2 at 4 %", {"validation_curve": "v2", "drop_percent": "4"}),
    ("-", "n", "evaluation", "r2 on nothing", {"repair": "r2"}),
    ("+", "n", "curve", "c3", curve("s1", "c")),
    ("+", "n", "curve", "p3", curve("s1", "a", "glasses")),
    ("-", "n", "evaluation", "r1 on p3", {"repair": "r1", "poisoned_curve": "p3"}),
    ("+", "n", "activations", "g3", {"statistics": "s1", "image_set": "glasses"}),
    ("+", "n", "curve", "t3", curve("s1", "a", "clean-test")),
    ("+", "n", "evaluation", "r1 on p3, t3", {"repair": "r1", "poisoned_curve": "p3", "clean_test_curve": "t3"}),
    ("+", "n", "fine_tuning", "f4", {"repair": "r1"}),
    ("!", "n", "repair", "r1 at 4 %", {"validation_curve": "v1", "drop_percent": "4"}),
    ("!", "n", "repair", "r1 at 9 %", {"validation_curve": "v1", "drop_percent": "9"}),
    # One order on two sets, another one on one.
    ("-", "n", "curve", "o1", curve("s1", "o", order="1")),
    ("-", "n", "curve", "o1 on test", curve("s1", "o", "clean-test", order="1")),
    ("-", "n", "repair", "of o1", {"validation_curve": "o1"}),
    ("+", "n", "curve", "o2", curve("s1", "o", order="2")),
    ("+", "n", "repair", "of o2", {"validation_curve": "o2"}),
    # Tried with a third scale, and nothing came of it.
    ("-", "n", "statistics", "s6", {}),
    ("!", "n", "curve", "c6", curve("s6", "c")),
    ("!", "n", "curve", "d6", curve("s6", "d")),
    # Two other networks.
    ("+", "m", "statistics", "s5", {}),
    ("+", "m", "curve", "v5", curve("s5", "a")),
    ("!", "m", "defence", "in the end", {}),
    (".", "broken", "defence", "so", {}),
    ("!", "broken", "defence", "or so", {}),
]
