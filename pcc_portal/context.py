"""What every page knows: the office's names and colours as data, the person's navigation."""

from .queries import frame


def portal(request):
    """Give templates `portal`; read once per request, only when a template asks."""
    return {"portal": frame.PortalFrame(request)}
