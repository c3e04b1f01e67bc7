"""The networks that feeds may never lead to, as data.

Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries, the IPv6 and IPv4 multicast
registries, and the cloud providers' documentation for their metadata services. The standard library's
`is_global` is not used: its answer for several of these blocks changed between Python 3.11 and 3.13.
"""

from ipaddress import IPv4Network, IPv6Network

METADATA = "a cloud metadata address"

FORBIDDEN_V4: tuple[tuple[IPv4Network, str], ...] = (
    (IPv4Network("169.254.169.254/32"), METADATA),
    (IPv4Network("168.63.129.16/32"), METADATA),  # Azure; otherwise public space
    (IPv4Network("100.100.100.200/32"), METADATA),  # Alibaba Cloud
    (IPv4Network("192.0.0.192/32"), METADATA),  # Oracle Cloud
    (IPv4Network("0.0.0.0/32"), "the unspecified address"),
    (IPv4Network("0.0.0.0/8"), "a reserved address"),
    (IPv4Network("127.0.0.0/8"), "a loopback address"),
    (IPv4Network("10.0.0.0/8"), "a private address"),
    (IPv4Network("172.16.0.0/12"), "a private address"),
    (IPv4Network("192.168.0.0/16"), "a private address"),
    (IPv4Network("100.64.0.0/10"), "a carrier's shared address"),
    (IPv4Network("169.254.0.0/16"), "a link-local address"),
    (IPv4Network("192.0.0.0/24"), "a reserved address"),
    (IPv4Network("192.0.2.0/24"), "a documentation address"),
    (IPv4Network("198.51.100.0/24"), "a documentation address"),
    (IPv4Network("203.0.113.0/24"), "a documentation address"),
    (IPv4Network("192.88.99.0/24"), "a reserved address"),  # 6to4 relays, deprecated by RFC 7526
    (IPv4Network("198.18.0.0/15"), "a benchmarking address"),
    (IPv4Network("224.0.0.0/4"), "a multicast address"),
    (IPv4Network("255.255.255.255/32"), "the broadcast address"),
    (IPv4Network("240.0.0.0/4"), "a reserved address"),
)

FORBIDDEN_V6: tuple[tuple[IPv6Network, str], ...] = (
    (IPv6Network("fd00:ec2::254/128"), METADATA),  # AWS
    (IPv6Network("fd20:ce::254/128"), METADATA),  # Google Cloud
    (IPv6Network("::/128"), "the unspecified address"),
    (IPv6Network("::1/128"), "a loopback address"),
    (IPv6Network("fc00::/7"), "a private address"),
    (IPv6Network("fe80::/10"), "a link-local address"),
    (IPv6Network("fec0::/10"), "a private address"),  # site-local, deprecated by RFC 3879
    (IPv6Network("ff00::/8"), "a multicast address"),
    (IPv6Network("2001:db8::/32"), "a documentation address"),
    (IPv6Network("3fff::/20"), "a documentation address"),
    (IPv6Network("100::/64"), "a reserved address"),  # discard-only
    (IPv6Network("64:ff9b:1::/48"), "a private address"),  # NAT64 with a prefix of the local network
)

EMBEDDING_V6: tuple[tuple[IPv6Network, int], ...] = (
    # (network, the bit where the embedded IPv4 address ends, counted from the right)
    (IPv6Network("::/96"), 0),  # IPv4-compatible, deprecated
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated, RFC 2765
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)

TEREDO = IPv6Network("2001::/32")
"""Its last 32 bits are the client's IPv4 address, every bit turned over (RFC 4380)."""

GLOBAL_V6 = IPv6Network("2000::/3")
"""All that IANA has allocated as global unicast; anything else without an entry above is reserved."""

ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})
"""Third word of an interface identifier that carries an IPv4 address in the fourth (RFC 5214)."""
