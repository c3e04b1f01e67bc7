"""Corpus to model. Needs the extra `dealbell[train]` (torch, safetensors, onnx); nothing else imports this room."""
