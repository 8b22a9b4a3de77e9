"""What the notebooks of "One Token at a Time" lean on, by subject.

Nothing is imported here, so that ``import helpers`` is instant and never
loads torch. A notebook imports what it needs: ``from helpers import check``.
"""
