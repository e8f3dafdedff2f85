"""Turns blocks into a web page."""
def render(head, blocks, options):
    raise NotImplementedError
