"""The words of commissioned services."""

from django.db import models


class ContractStatus(models.TextChoices):
    LIVE = "LIVE", "Live"
    ENDED = "ENDED", "Ended"


class OptionStatus(models.TextChoices):
    AVAILABLE = "AVAILABLE", "Open"
    OFFERED = "OFFERED", "Offered to the provider"
    TAKEN_UP = "TAKEN_UP", "Taken up"
    DECLINED = "DECLINED", "Not offered"
    REFUSED = "REFUSED", "Refused by the provider"
    LAPSED = "LAPSED", "Lapsed"


OPTION_MOVES = {
    OptionStatus.AVAILABLE: {OptionStatus.OFFERED, OptionStatus.DECLINED, OptionStatus.LAPSED},
    OptionStatus.OFFERED: {OptionStatus.TAKEN_UP, OptionStatus.REFUSED},
    OptionStatus.TAKEN_UP: set(),
    OptionStatus.DECLINED: set(),
    OptionStatus.REFUSED: set(),
    OptionStatus.LAPSED: set(),
}
OPTION_OWNERS = {
    OptionStatus.AVAILABLE: "commissioner",
    OptionStatus.OFFERED: "provider",
    OptionStatus.TAKEN_UP: "nobody",
    OptionStatus.DECLINED: "nobody",
    OptionStatus.REFUSED: "nobody",
    OptionStatus.LAPSED: "nobody",
}


class ServiceState(models.TextChoices):
    DELIVERED = "DELIVERED", "Delivered"
    DEVELOPING = "DEVELOPING", "Developing"
