"""Items a second of processor time through extraction, on generated items of which one in ten tells an event.

python tests/benchmarks/bench_extraction.py [ITEMS]
"""

import random
import sys
import time

from bot.extraction import extract
from bot.extraction.trigger import has_trigger

NAMES = ("Korvane", "Dellmoor", "Brellium", "Zantiq", "Harrowgate Capital", "Plinthe AI", "Oakmere Foods")
NEWS = (
    "{a} to acquire {b} for $2.4 billion|{a} has agreed to acquire {b}, a maker of pumps, for $2.4 billion in cash.",
    "{a} raises $12M Series A led by {b}|{a}, a start-up, has raised $12 million in a Series A round led by {b}.",
    "{a} appoints Ines Halloran as CEO|{a} said Ines Halloran will take over as chief executive on March 1.",
)
REST = (
    "{a} launches invoicing app|It writes and chases invoices for sole traders and costs £6 a month. " * 4,
    "Rain in the north|Umbrellas were everywhere as the river rose and trains stood still for hours. " * 4,
    "{a} profit rises 12%|{a} kept its forecast. Shares of {b} rose in early trading as investors took heart. " * 3,
)


def main() -> None:
    """Time the trigger filter and the whole extraction, and print both: what else the machine does is left out."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    chance = random.Random(7)
    items = []
    for number in range(count):
        line = chance.choice(NEWS if number % 10 == 0 else REST)
        title, _, text = line.format(a=chance.choice(NAMES), b=chance.choice(NAMES)).partition("|")
        items.append((title, text))
    for name, step in (("trigger filter", has_trigger), ("extraction", extract)):
        start = time.process_time()
        for title, text in items:
            step(title, text)
        sys.stdout.write(f"{name}: {count / (time.process_time() - start):,.0f} items a second\n")


if __name__ == "__main__":
    main()
