"""Issuers with their seasons, templates, number series and the numbering report; the tax rates in force."""
