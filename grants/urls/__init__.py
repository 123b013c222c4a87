from .awards import urlpatterns as awards
from .bidding import urlpatterns as bidding
from .cases import urlpatterns as cases
from .changes import urlpatterns as changes
from .continuations import urlpatterns as continuations
from .direct import urlpatterns as direct
from .retaining import urlpatterns as retaining
from .schools import urlpatterns as schools
from .staging import urlpatterns as staging
from .standards import urlpatterns as standards

app_name = "grants"
# Awards first: "projects/1/decide/" would else be read as a section of the project.
urlpatterns = [*staging, *awards, *continuations, *changes, *direct, *standards, *retaining, *schools, *bidding, *cases]
