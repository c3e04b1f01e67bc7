"""The demo: three made-up outlets on a local address, and the real pipeline over them."""
