# ruff: noqa: SIM905 - a paragraph of words reads better than a column of them
"""Function words by language, chosen so that few are words of another."""

ENGLISH = frozenset(
    """the of and to in is for with that on as by its has from at said will it be was are this have an which""".split()
)

OTHERS = {
    "German": frozenset(
        "der die das und den von mit für auf ist im dem nicht ein eine zu des sich auch bei wird".split()
    ),
    "French": frozenset("le la les des et du une est dans pour que qui sur par au avec plus ce son aux pas".split()),
    "Spanish": frozenset("el la los las de del y en que una por con para su es al se lo más como ha".split()),
    "Portuguese": frozenset("o os de da do e em que uma por com para não se mais dos das no na pela ao".split()),
    "Italian": frozenset("il lo gli di del della e che una per con non sono nel alla da le i dei anche".split()),
    "Dutch": frozenset("de het een van en dat op te zijn voor met niet aan er om ook bij naar wordt".split()),
    "Swedish": frozenset("och att det som en på är av för med den till har inte om ett de i från".split()),
    "Polish": frozenset("w i na z do się że nie jest o od przez po dla jak oraz za to".split()),
    "Turkish": frozenset("ve bir bu için ile olarak da de çok olan en kadar gibi daha sonra".split()),
    "Indonesian": frozenset("yang dan di untuk dengan dari pada ini dalam akan tidak juga ke oleh sebagai".split()),
}
