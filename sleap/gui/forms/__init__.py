"""Forms made out of options classes: an option declared once is a flag, a field and a sentence."""

from sleap.gui.forms.form import Form

__all__ = ["Form"]
