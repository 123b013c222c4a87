from django.shortcuts import render


def parts_gallery(request):
    return render(request, "pcc_portal/gallery.html")
