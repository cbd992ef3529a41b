from modori.attribute.case import Case, Signs


def signs(case: Case) -> Signs:
    yield from ()
