from .awards import urlpatterns as awards
from .cases import urlpatterns as cases

app_name = "grants"
# Awards first: "projects/1/decide/" would else be read as a section of the project.
urlpatterns = [*awards, *cases]
