"""`carreau bench`: the goals of the design as ratios to floors that are measured in the same run, on servers of its own."""
