"""A figure for a narrow page: drawn again, or its columns laid out below each other."""

from matplotlib.gridspec import GridSpec

NARROW = 374  # px: in the 280 px that a window of 400 leaves, 12 px of text are 9


class Drawings:
    """Two figures in place of one: what needs another drawing on a narrow page.

    `first` is what `Live` was given, its figure, update function and handles for
    dragging. `draw` makes the same anew, once, of `NARROW` px; handles may be missing.
    """

    one = False

    def __init__(self, first, draw):
        self.first, self.draw, self.second = first, draw, None
        self.wide = round(float(first[0].get_size_inches()[0]) * 72)

    def use(self, narrow):
        """The figure, update function and handles that are wanted."""
        if narrow and self.second is None:
            fig, update, *drag = self.draw()
            self.second = fig, update, *(drag or [()])
        return self.second if narrow else self.first


class Layouts:
    """The wide and the narrow layout of a figure, whose artists stay the same.

    `first` and `wide` as those of `Drawings`. A figure in pixels of its own, or no
    wider than `NARROW`, has `one` layout only.
    """

    def __init__(self, first):
        self.first = first
        self.fig = fig = first[0]
        self.size = fig.get_size_inches()
        self.wide = round(float(self.size[0]) * 72)
        self.specs = {ax: ax.get_subplotspec() for ax in fig.axes}
        free = all(ax.get_in_layout() and self.specs[ax] for ax in fig.axes)
        self.legends = []  # pairs: as it was, and in two columns
        self.one = not (self.specs and free) or self.wide <= NARROW

    def use(self, narrow):
        """Lay the figure out, one of the two ways, for its next still part.

        Returns it with its update function and handles, as `Drawings.use` does.
        """
        self._use_legends(narrow)  # first: it reads where the axes stand
        width, height = self.size
        specs = self.specs
        if narrow:
            ratios = [_height(spec) for spec in specs.values()]
            grid = GridSpec(len(specs), 1, self.fig, height_ratios=ratios)
            specs = dict(zip(specs, grid, strict=True))
            width, height = NARROW / 72, height * sum(ratios)
        for ax, spec in specs.items():
            ax.set_subplotspec(spec)
            ax.set_in_layout(True)
        self.fig.set_size_inches(width, height)
        self.fig.set_layout_engine("constrained")
        return self.first

    def _use_legends(self, narrow):
        """Above the axes, in two columns: a legend beside them, or too long a one."""
        if narrow and not self.legends:
            for old in list(self.fig.legends):
                box = old.get_window_extent()
                right = max(ax.get_window_extent().x1 for ax in self.fig.axes)
                if box.width > NARROW or box.x0 > right:
                    names = [text.get_text() for text in old.get_texts()]
                    handles, where = old.legend_handles, "outside upper left"
                    new = self.fig.legend(handles, names, loc=where, ncols=2)
                    self.legends.append((old, new))
        # A legend that is only invisible would keep its room.
        for pair in self.legends:
            self.fig.legends[:] = [one for one in self.fig.legends if one not in pair]
            self.fig.legends.append(pair[narrow])


def _height(spec):
    """The part of its figure's height that an axes has."""
    ratios = spec.get_gridspec().get_height_ratios()
    return sum(ratios[i] for i in spec.rowspan) / sum(ratios)
