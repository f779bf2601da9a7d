"""Cohorts for `pathwaylang population`: reading, mapping, telling."""
