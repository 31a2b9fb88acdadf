"""The forms of cases: shape and wording of what is typed."""
