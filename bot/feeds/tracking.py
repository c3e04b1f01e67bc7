"""Query parameters that say how a reader came to a page, never which page it is.

Sources: the parameter lists of ClearURLs, Brave and Firefox (query stripping), and the documentation of
the mailing and advertising services named beside them. Names are compared in lower case.
"""

TRACKING_PREFIXES: tuple[str, ...] = (
    "utm_",  # Google Analytics
    "hsa_",  # HubSpot ads
    "mtm_",  # Matomo
    "matomo_",
    "pk_",  # Piwik
    "piwik_",
    "itm_",
    "stm_",
    "at_custom",  # AT Internet
    "at_medium",
    "at_campaign",
    "vero_",
    "oly_",  # Omeda
    "wt_",  # Webtrends
    "__s_",
    "trk_",
    "cm_mmc",  # IBM
    "amp_",
    "_bhlid",  # beehiiv
)

TRACKING_NAMES: frozenset[str] = frozenset(
    {
        "fbclid",
        "fb_action_ids",
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "gclid",
        "gclsrc",
        "gbraid",
        "wbraid",
        "dclid",
        "gad_source",
        "gad_campaignid",
        "srsltid",
        "msclkid",
        "yclid",
        "ymclid",
        "ysclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "igshid",
        "igsh",
        "epik",
        "rdt_cid",
        "sccid",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "__hssc",
        "__hstc",
        "__hsfp",
        "hsctatracking",
        "s_cid",
        "s_kwcid",
        "ef_id",
        "icid",
        "ncid",
        "cmpid",
        "ns_campaign",
        "ns_mchannel",
        "ns_source",
        "ns_linkname",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "smid",
        "smtyp",
        "sref",
        "cndid",
        "__twitter_impression",
        "__source",
        "ref_src",
        "ref_url",
        "referrer",
        "feedtype",
        "feedname",
        "mod",
        "xtor",
        "wickedid",
        "dm_i",
        "trk",
        "trkinfo",
        "_openstat",
        "rb_clickid",
        "tblci",
        "ob_click_id",
        "spm",
        "bxid",
        "sailthru_id",
        "soc_src",
        "soc_trk",
        "taid",
        "partner_id_click",
        "_ga",
        "_gl",
        "rss",
        "rssfeed",
        "ftag",
        "ftcamp",
        "cmp_src",
        # AMP switches: the same page for phones
        "amp",
        "outputtype",
        "usqp",
        "__amp_source_origin",
    }
)
