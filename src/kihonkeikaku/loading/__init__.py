"""Files of a plan → ``Loaded``: sources, YAML with positions, waivers, model errors in Japanese."""
