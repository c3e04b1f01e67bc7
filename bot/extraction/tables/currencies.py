"""Currencies by the signs and words that news uses; codes are ISO 4217."""

SIGNS = {
    "$": "USD", "us$": "USD", "u.s.$": "USD", "usd": "USD", "a$": "AUD", "au$": "AUD", "aud": "AUD",
    "c$": "CAD", "ca$": "CAD", "cad": "CAD", "cdn$": "CAD", "s$": "SGD", "sgd": "SGD", "hk$": "HKD",
    "hkd": "HKD", "nz$": "NZD", "nzd": "NZD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN", "£": "GBP",
    "gbp": "GBP", "stg": "GBP", "€": "EUR", "eur": "EUR", "euro": "EUR", "¥": "JPY", "jpy": "JPY", "cny": "CNY",
    "rmb": "CNY", "yuan": "CNY", "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "re": "INR",
    "sek": "SEK", "nok": "NOK", "dkk": "DKK", "chf": "CHF", "sfr": "CHF", "₩": "KRW", "krw": "KRW",
    "₦": "NGN", "₪": "ILS", "nis": "ILS", "aed": "AED", "sar": "SAR", "zar": "ZAR", "brl": "BRL",
    "myr": "MYR", "rm": "MYR", "idr": "IDR", "rp": "IDR", "thb": "THB", "php": "PHP", "₱": "PHP",
    "pln": "PLN", "try": "TRY", "rub": "RUB", "₽": "RUB", "ksh": "KES", "egp": "EGP", "dm": "DEM",
}  # fmt: skip
"""Before the number, in lower case."""

DOLLAR_PREFIXES = {
    "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD", "ca": "CAD", "cdn": "CAD", "cad": "CAD", "s": "SGD",
    "sg": "SGD", "hk": "HKD", "nz": "NZD", "nt": "TWD", "us": "USD", "u.s.": "USD", "u.s": "USD",
    "usd": "USD", "r": "BRL", "mx": "MXN",
}  # fmt: skip
"""A word that touches the dollar sign which follows it."""

WORDS = {
    "dollars": "USD", "dollar": "USD", "dlrs": "USD", "dlr": "USD", "usd": "USD", "bucks": "USD",
    "euros": "EUR", "euro": "EUR", "eur": "EUR", "pounds": "GBP", "pound": "GBP", "sterling": "GBP",
    "stg": "GBP", "gbp": "GBP", "yen": "JPY", "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY",
    "rupees": "INR", "rupee": "INR", "inr": "INR", "won": "KRW", "francs": "CHF", "chf": "CHF",
    "crowns": "SEK", "kronor": "SEK", "sek": "SEK", "kroner": "NOK", "nok": "NOK", "dkk": "DKK",
    "rand": "ZAR", "reais": "BRL", "ringgit": "MYR", "rupiah": "IDR", "baht": "THB", "pesos": "MXN",
    "peso": "MXN", "roubles": "RUB", "rubles": "RUB", "shekels": "ILS", "dirhams": "AED", "dirham": "AED",
    "riyals": "SAR", "zlotys": "PLN", "lira": "TRY", "liras": "TRY", "naira": "NGN", "cad": "CAD",
    "aud": "AUD", "sgd": "SGD", "hkd": "HKD", "marks": "DEM", "guilders": "NLG", "taka": "BDT",
}  # fmt: skip
"""After the number, in lower case."""

NATIONS = {
    "u.s.": {"USD": "USD"}, "us": {"USD": "USD"}, "american": {"USD": "USD"},
    "canadian": {"USD": "CAD"}, "australian": {"USD": "AUD"}, "singapore": {"USD": "SGD"},
    "hong kong": {"USD": "HKD"}, "zealand": {"USD": "NZD"}, "swiss": {"CHF": "CHF"},
    "french": {"CHF": "FRF"}, "belgian": {"CHF": "BEF"}, "swedish": {"SEK": "SEK"},
    "norwegian": {"SEK": "NOK", "NOK": "NOK"}, "danish": {"SEK": "DKK", "NOK": "DKK"},
    "kong": {"USD": "HKD"}, "taiwan": {"USD": "TWD"}, "philippine": {"MXN": "PHP"},
    "pakistani": {"INR": "PKR"}, "indian": {"INR": "INR"},
}  # fmt: skip
"""Adjectives between number and word that make another currency of it."""

SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "mm": 1e6,
    "mil": 1e6, "billion": 1e9, "billions": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "bil": 1e9,
    "trillion": 1e12, "trln": 1e12, "tn": 1e12, "t": 1e12, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5,
    "lacs": 1e5, "crore": 1e7, "crores": 1e7, "cr": 1e7, "cr.": 1e7,
}  # fmt: skip
