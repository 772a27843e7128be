"""Where Turkish sentences end: compiled after the Yazım Kılavuzu of the Türk Dil Kurumu."""

from __future__ import annotations

from compare.lang.pack import Sentences, words

SENTENCES = Sentences(
    introducing=words("ör örn bk bkz krş yani m.ö m.s mö ms"),
    titles=words("""
        Dr Prof Doç Yrd Av Alb Yzb Bnb Tğm Üstğm Gen Org Hz Sn Bn Müh Mim Ecz Öğr Mah Cad Sok Sk Bul Apt İst Ank Hst St
    """),
    numbered=words("s c no nr sa böl md say fas şek"),
    final=words("vb vs vd vdl yy tic ltd şti dk sn krş tl"),
    units=words("m km cm mm kg g t l dk sn"),
    months=words("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
    weekdays=words("pazartesi salı çarşamba perşembe cuma cumartesi pazar"),
    lettered=words("nokta oda sınıf grup kısım blok madde şekil harf"),
    starters=words("""
        Bu Şu O Bir Ben Sen Biz Siz Onlar Ama Fakat Ve Sonra Şimdi Artık Ne Kim Nasıl Neden Niçin Nerede Eğer Çünkü Her
        Hiç Bütün Böyle Şöyle Öyle Evet Hayır Yok Var Belki İşte Burada Orada Onun Benim Onu Ona Bunu Buna Derken Birden
        Nihayet Gene Yine Daha En Çok
    """),
    speech=words("dedi sordu diye bağırdı cevap karşılık mırıldandı fısıldadı ekledi"),
)
