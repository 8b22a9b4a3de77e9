"""Where the boxes of a graph stand: columns by depth, few crossings.

The layered drawing of Sugiyama, Tagawa and Toda (1981) in its simplest form.
"""

SWEEPS = 8


def layout(parents):
    """Places for nodes numbered so that parents come first.

    `parents` lists the parents of each node, list[list[int]]. Returns a list of
    points (column, height), height from 0 to 1, and the roads, {(parent, child):
    [points]}. A road that passes a column in between gets a place there too.
    """
    column = columns(parents)
    ranks = [[] for _ in range(max(column) + 1)]
    for node, rank in enumerate(column):
        ranks[rank].append(node)
    roads, links = {}, []  # links join places in neighbouring columns
    for child, mine in enumerate(parents):
        for parent in dict.fromkeys(mine):
            stops = [parent]
            for rank in range(column[parent] + 1, column[child]):
                stops.append(("road", parent, child, rank))
                ranks[rank].append(stops[-1])
            stops.append(child)
            roads[parent, child] = stops
            links += zip(stops, stops[1:], strict=False)
    height = settle(ranks, links)
    rank_of = {place: rank for rank, places in enumerate(ranks) for place in places}
    at = {place: (rank_of[place], height[place]) for place in height}
    return (
        [at[node] for node in range(len(parents))],
        {pair: [at[stop] for stop in stops] for pair, stops in roads.items()},
    )


def columns(parents):
    """The column of each node: beyond its parents, leaves just before their use."""
    column = [0] * len(parents)
    for node, mine in enumerate(parents):
        column[node] = 1 + max((column[p] for p in mine), default=-1)
    for node, mine in enumerate(parents):
        uses = [column[c] for c, theirs in enumerate(parents) if node in theirs]
        if not mine and uses:
            column[node] = min(uses) - 1
    return column


def settle(ranks, links):
    """Heights by place: each column ordered by the mean height of its neighbours."""
    height = {}
    for places in ranks:
        _spread(places, height)
    for sweep in range(SWEEPS):
        order = range(len(ranks)) if sweep % 2 else reversed(range(len(ranks)))
        for rank in order:
            places = ranks[rank]
            pull = {}
            for place in places:
                near = [b for a, b in links if a == place]
                near += [a for a, b in links if b == place]
                pull[place] = sum(height[n] for n in near) / max(len(near), 1)
            places.sort(key=pull.get)
            _spread(places, height)
    return height


def _spread(places, height):
    for k, place in enumerate(places):
        height[place] = (k + 0.5) / len(places)
