"""Pure decisions about stories: which facts tell one event, what they add up to, what changed, who wants it.

- `match`: `block_keys`, `same_story`, `Verdict`
- `partition`: `gather`, `partition`
- `identity`: `reconcile`, `Reconciled`
- `fold`: `fold`
- `change`: `compare`, `say`
- `wanted`: `wants`, `is_fresh`
- `card`, `headline`, `words`: what people read
"""
