from .awards import urlpatterns as awards
from .cases import urlpatterns as cases

app_name = "grants"
urlpatterns = [*cases, *awards]
