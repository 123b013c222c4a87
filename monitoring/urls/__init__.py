from .returns import urlpatterns as returns

app_name = "monitoring"
urlpatterns = [*returns]
