"""`carreau bench`: the goals of the design as ratios to floors measured in the same run, on servers of its own."""
