"""One file per sign (or pair of opposites): `signs(case)` yields what the campaign shows, as signs.toml weighs it."""
