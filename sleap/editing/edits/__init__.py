"""What a user does to labels: plain functions of a transaction, one family a module.

An edit is called through ``Document.run``, which makes it one step to undo. It looks at
``tx.labels``, changes them only through ``tx``, and raises a ``LabelsError`` on what makes no
sense; whatever it did until then is taken back. Nobody writes an undo.
"""
