from .audits import urlpatterns as audits
from .capacity import urlpatterns as capacity
from .concerns import urlpatterns as concerns
from .overlaps import urlpatterns as overlaps
from .returns import urlpatterns as returns
from .stories import urlpatterns as stories

app_name = "monitoring"
urlpatterns = [*audits, *capacity, *concerns, *overlaps, *returns, *stories]
