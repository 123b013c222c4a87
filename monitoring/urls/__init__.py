from .concerns import urlpatterns as concerns
from .returns import urlpatterns as returns

app_name = "monitoring"
urlpatterns = [*concerns, *returns]
