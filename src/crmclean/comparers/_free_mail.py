"""Domains where anybody can have an address: they say nothing about a company. Own list of the large providers."""

from __future__ import annotations

FREE_MAIL = tuple(
    """
    gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de yahoo.de yahoo.com
    yahoo.fr yahoo.co.uk ymail.com hotmail.com hotmail.de hotmail.ch hotmail.fr hotmail.co.uk hotmail.it outlook.com
    outlook.de outlook.at outlook.ch live.com live.de live.at live.nl msn.com aol.com aol.de icloud.com me.com mac.com
    arcor.de online.de 1und1.de posteo.de posteo.net mailbox.org mail.de email.de vodafone.de vodafonemail.de
    kabelmail.de unitybox.de netcologne.de ewe.net ewetel.net osnanet.de htp-tel.de bluewin.ch sunrise.ch hispeed.ch
    swissonline.ch aon.at chello.at a1.net utanet.at inode.at drei.at proton.me protonmail.com protonmail.ch pm.me
    tutanota.com tutanota.de tuta.io mail.com mail.ru yandex.ru yandex.com orange.fr wanadoo.fr free.fr laposte.net
    sfr.fr libero.it virgilio.it alice.it tin.it ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl telenet.be skynet.be
    btinternet.com sky.com virginmedia.com talktalk.net comcast.net verizon.net att.net sbcglobal.net qq.com 163.com
    """.split()
)
