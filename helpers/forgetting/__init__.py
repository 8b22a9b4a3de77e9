"""Forgetting: what a model loses of the old while it learns the new.

``formulas`` holds the arithmetic, ``island`` the second language, ``results`` the
measured remedies. These need no torch. ``tuning``, ``remedies`` and ``measure`` do.
"""
