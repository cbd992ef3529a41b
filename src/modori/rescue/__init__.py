"""Which letters must not be thrown away with the flood?

Two questions, because they are asked at different times. `classify` looks at one ordinary letter as it streams by and
says what it is. `rescue` looks at all that arrived in or near the flood, when it is known whom the owner writes to, and
puts the letters of people before money, money before parcels, parcels before newsletters. What fails authentication or
only dresses up as something else is never listed: the reader is frightened enough to open it.
"""

from modori.rescue.flood import rescue
from modori.rescue.kind import classify

__all__ = ["classify", "rescue"]
