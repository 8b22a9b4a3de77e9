"""What a picture shows, said in words."""


def each(labels, values, places=2, unless=None):
    """Labels with their numbers: "good 0.40, sunny 0.30"; `unless` leaves one out.

    Labels and values are of one length K. A minus is a true one.
    """
    pairs = zip(labels, values, strict=True)
    said = [f"{label} {x:.{places}f}" for label, x in pairs if x != unless]
    return ", ".join(said).replace(" -", " −")
