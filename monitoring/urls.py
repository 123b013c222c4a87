from django.urls import path

from .views import lists, owed, pages, reviews, sending, uploads, writing

app_name = "monitoring"
urlpatterns = [
    path("returns/", lists.return_list, name="return_list"),
    path("returns/returns.csv", lists.return_list_csv, name="return_list_csv"),
    path("returns/owed/", owed.owed_list, name="owed_list"),
    path("returns/owed/owed.csv", owed.owed_list_csv, name="owed_list_csv"),
    path("returns/owed/act/", owed.owed_act, name="owed_act"),
    path("returns/owed/done/", owed.owed_done, name="owed_done"),
    path("returns/ask/<str:reference>/", reviews.return_ask, name="return_ask"),
    path("returns/<str:reference>/", pages.return_show, name="return_show"),
    path("returns/<str:reference>/versions/<int:number>/", pages.return_version, name="return_version"),
    path("returns/<str:reference>/write/<slug:section>/", writing.return_edit, name="return_edit"),
    path("returns/<str:reference>/write/<slug:section>/autosave/", writing.return_autosave, name="return_autosave"),
    path("returns/<str:reference>/files/", writing.return_files, name="return_files"),
    path("returns/<str:reference>/files/<int:pk>/remove/", writing.return_file_remove, name="return_file_remove"),
    path("returns/<str:reference>/check/", writing.return_check, name="return_check"),
    path("returns/<str:reference>/workbook/", uploads.workbook_download, name="workbook_download"),
    path("returns/<str:reference>/workbook/upload/", uploads.upload_new, name="upload_new"),
    path("returns/<str:reference>/workbook/uploads/<int:pk>/", uploads.upload_show, name="upload_show"),
    path("returns/<str:reference>/workbook/uploads/<int:pk>/use/", uploads.upload_apply, name="upload_apply"),
    path("returns/<str:reference>/workbook/uploads/<int:pk>/drop/", uploads.upload_drop, name="upload_drop"),
    path("returns/<str:reference>/workbook/uploads/<int:pk>/marked/", uploads.upload_marked, name="upload_marked"),
    path("returns/<str:reference>/send/", sending.return_send, name="return_send"),
    path("returns/<str:reference>/certify/", sending.return_certify, name="return_certify"),
    path("returns/<str:reference>/decline/", sending.return_decline, name="return_decline"),
    path("returns/<str:reference>/take-back/", sending.return_take_back, name="return_take_back"),
    path("returns/<str:reference>/submit/", sending.return_submit, name="return_submit"),
    path("returns/<str:reference>/sent/", sending.return_sent, name="return_sent"),
    path("returns/<str:reference>/query/", reviews.return_query, name="return_query"),
    path("returns/<str:reference>/answer/", reviews.return_answer, name="return_answer"),
    path("returns/<str:reference>/review/", reviews.return_review, name="return_review"),
    path("returns/<str:reference>/waive/", sending.return_waive, name="return_waive"),
]
