"""The only code that may change anything: one file per capability, or a folder with one file per verb.

In each file, in this order: commands, refusals, decisions (pure), handlers.
"""
