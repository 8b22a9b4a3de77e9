"""The same figure for a narrow page: laid out again, its columns below each other."""

from matplotlib.gridspec import GridSpec

WIDTH = 374  # px: in the 280 px that a window of 400 leaves, 12 px of text are 9


class Layouts:
    """The wide and the narrow layout of `fig`, whose artists stay the same.

    `wide` is its width in px. A figure in pixels of its own, such as a board of
    cells, or no wider than `WIDTH`, has `one` layout only.
    """

    def __init__(self, fig):
        self.fig = fig
        self.size = fig.get_size_inches()
        self.wide = round(float(self.size[0]) * 72)
        self.specs = {ax: ax.get_subplotspec() for ax in fig.axes}
        free = all(ax.get_in_layout() and self.specs[ax] for ax in fig.axes)
        least = getattr(fig, "least", None) or WIDTH
        self.legends = []  # pairs: as it was, and in two columns
        self.one = not (self.specs and free) or self.wide <= least

    def use(self, narrow):
        """Lay the figure out, one of the two ways, for its next still part."""
        width, height = self.size
        specs = self.specs
        if narrow:
            ratios = [_height(spec) for spec in specs.values()]
            grid = GridSpec(len(specs), 1, self.fig, height_ratios=ratios)
            specs = dict(zip(specs, grid, strict=True))
            width, height = WIDTH / 72, height * sum(ratios)
        for ax, spec in specs.items():
            ax.set_subplotspec(spec)
            ax.set_in_layout(True)
        self._use_legends(narrow)
        self.fig.set_size_inches(width, height)
        self.fig.set_layout_engine("constrained")

    def _use_legends(self, narrow):
        """Above the axes: a legend too long for one line gets two columns."""
        if narrow and not self.legends:
            for old in list(self.fig.legends):
                if old.get_window_extent().width > WIDTH:
                    names = [text.get_text() for text in old.get_texts()]
                    handles, where = old.legend_handles, "outside upper left"
                    new = self.fig.legend(handles, names, loc=where, ncols=2)
                    self.legends.append((old, new))
        for pair in self.legends:
            for legend, shown in zip(pair, (not narrow, narrow), strict=True):
                legend.set_visible(shown)
                legend.set_in_layout(shown)


def _height(spec):
    """The part of its figure's height that an axes has."""
    ratios = spec.get_gridspec().get_height_ratios()
    return sum(ratios[i] for i in spec.rowspan) / sum(ratios)
