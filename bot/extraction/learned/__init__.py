"""Text to events by the learned tagger.

    segments -> chunks -> tagger (int8 ONNX) -> decode -> assembly -> slots, scorer -> events

`reading.read_events` is the way in; `loader.load` gives it the model that lies in `model/`.
"""
