"""How cells are drawn and edited."""

from qtpy.QtCore import QAbstractItemModel, QEvent, QObject, QRectF, Qt, QTimer
from qtpy.QtGui import QColor, QPainter, QPalette
from qtpy.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sleap.gui.tables.model import FAINT_ROLE, SWATCH_ROLE, Index, TableModel

SWATCH = 10
"""Side of the square of colour, pixels."""

FAINT = 0.7
"""Weight of faint text against the background."""


class CellDelegate(QStyledItemDelegate):
    """Draws squares of colour and faint text; edits by typing or by choosing."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        super().initStyleOption(option, index)
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            option.text += " "  # room between numbers and the words to their right
        option.state &= ~QStyle.StateFlag.State_HasFocus
        if index.data(FAINT_ROLE):
            option.palette.setColor(QPalette.ColorRole.Text, _faint(option.palette))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        color = index.data(SWATCH_ROLE)
        if color is None:
            super().paint(painter, option, index)
            return
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        text, whole.text = whole.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, option.widget)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(whole.palette.color(QPalette.ColorRole.Base))
        painter.setBrush(QColor(color))
        top = rect.top() + (rect.height() - SWATCH) // 2
        square = QRectF(rect.left() + 6, top, SWATCH, SWATCH)
        painter.drawRoundedRect(square.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        painter.setPen(whole.palette.color(role))
        painter.setFont(whole.font)
        room = rect.adjusted(6 + SWATCH + 6, 0, -4, 0)
        text = whole.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: D102
        model = index.model()
        assert isinstance(model, TableModel)
        column = model.columns[index.column()]
        if column.choices is None:
            line = QLineEdit(parent)
            line.setFrame(False)
            line.setAutoFillBackground(True)
            return line
        combo = QComboBox(parent)
        combo.setFrame(False)
        combo.addItems(list(column.choices(model.row_at(index.row()))))
        combo.activated.connect(lambda: self._take(combo))
        QTimer.singleShot(0, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: D102
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: D102
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        is_left = event.type() == QEvent.Type.FocusOut
        if is_left and isinstance(watched, QComboBox) and watched.view().isVisible():
            return False  # its open list has the focus: it stays until something is chosen
        return bool(super().eventFilter(watched, event))

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


def _faint(palette: QPalette) -> QColor:
    """Return a colour between that of text and what is behind it."""
    behind = palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    parts = (
        round(FAINT * one + (1 - FAINT) * other)
        for one, other in (
            (text.red(), behind.red()),
            (text.green(), behind.green()),
            (text.blue(), behind.blue()),
        )
    )
    return QColor(*parts)
