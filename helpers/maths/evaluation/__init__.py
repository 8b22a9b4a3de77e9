"""How a model is judged: losses with intervals, calibration, overlap, leaks, judges."""
