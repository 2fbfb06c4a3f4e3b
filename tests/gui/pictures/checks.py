"""What is wrong with a window, as far as a program can see it: cut texts, overlaps, faint texts."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QPoint, QRect, Qt
from qtpy.QtGui import QColor, QImage, QTextDocument
from qtpy.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

Pixels = npt.NDArray[np.uint8]

LEAST_CONTRAST = 4.5
LEAST_CONTRAST_OF_CELLS = 4.0
"""Less, since it is read from antialiased pixels."""


def find_faults(widget: QWidget) -> list[str]:
    """Return what is wrong with a window that is shown, one line for each fault."""
    pixels = as_pixels(widget.grab().toImage())
    faults = [] if (pixels != pixels[0, 0]).any() else ["it is empty"]
    for part in [widget, *widget.findChildren(QWidget)]:
        if not is_seen(part, widget) or part.objectName().startswith("qt_qmainwindow"):
            continue
        is_scrolled = any(isinstance(one, QAbstractScrollArea) for one in ancestors(part, widget))
        faults += [f"{name(part)}: {fault}" for fault in clipped(part)]
        if not is_scrolled and part is not widget and not is_inside(part):
            faults.append(f"{name(part)}: reaches beyond what it lies in")
        faults += [f"{name(part)}: {fault}" for fault in overlaps(part)]
        faults += [f"{name(part)}: {fault}" for fault in faint(part, widget, pixels)]
    return faults


def name(widget: QWidget) -> str:
    """Say which widget it is."""
    text = getattr(widget, "text", None)
    told = text() if callable(text) and not isinstance(widget, QLineEdit) else ""
    return f"{type(widget).__name__} '{widget.objectName() or str(told)[:40]}'"


def ancestors(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    """Go up from the parent of a widget to the window."""
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        if parent is top:
            return
        parent = parent.parentWidget()


def is_seen(widget: QWidget, top: QWidget) -> bool:
    """Tell whether a part of a widget is on the screen: not in a dock behind another one."""
    if not widget.isVisibleTo(top):
        return False
    box = widget.rect()
    for parent in ancestors(widget, top) if widget is not top else ():
        box = QRect(widget.mapTo(parent, box.topLeft()), box.size()) & parent.rect()
        if box.isEmpty():
            return False
        widget = parent
    return not box.isEmpty()


# -- room -----------------------------------------------------------------------------------------


def clipped(widget: QWidget) -> Iterator[str]:
    """Tell of texts that have too little room."""
    for kind, check in CHECKS.items():
        if isinstance(widget, kind):
            yield from check(widget)


def _clipped_button(button: QAbstractButton) -> Iterator[str]:
    text, metrics = button.text(), button.fontMetrics()
    need = metrics.horizontalAdvance(plain(text))
    if text and (need > _room_of_button(button) or button.height() < metrics.height()):
        yield f"'{text}' is cut"


def _clipped_choice(choice: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    control = QStyle.ComplexControl.CC_ComboBox
    room = choice.style().subControlRect(control, option, part, choice).width()
    if choice.fontMetrics().horizontalAdvance(choice.currentText()) > room + 2:
        yield f"'{choice.currentText()}' is cut"


def _clipped_line(line: QLineEdit) -> Iterator[str]:
    """What the user typed may be longer than the line; what the program says may not."""
    told = line.text() if line.isReadOnly() else "" if line.text() else line.placeholderText()
    if line.fontMetrics().horizontalAdvance(told) > line.width() - 6:
        yield f"'{told}' is cut"


def _clipped_tabs(bar: QTabBar) -> Iterator[str]:
    for tab in range(bar.count()):
        need = bar.fontMetrics().horizontalAdvance(plain(bar.tabText(tab))) + 8
        if bar.isTabVisible(tab) and need > bar.tabRect(tab).width():
            yield f"tab '{bar.tabText(tab)}' is cut"


def _clipped_dock(dock: QDockWidget) -> Iterator[str]:
    if dock.fontMetrics().horizontalAdvance(dock.windowTitle()) > dock.width() - 50:
        yield "its title is cut"


def _clipped_menu(menu: QMenu) -> Iterator[str]:
    screen = menu.screen().geometry()
    if menu.height() > screen.height() or menu.width() > screen.width():
        yield "it is larger than the screen"


def _clipped_label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    room = label.contentsRect()
    if label.textFormat() == Qt.TextFormat.RichText or Qt.mightBeRichText(label.text()):
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setDocumentMargin(0)
        document.setHtml(label.text())
        document.setTextWidth(room.width() if label.wordWrap() else -1)
        need = document.size()
        if need.width() > room.width() + 2 or need.height() > room.height() + 4:
            yield "its text is cut"
        return
    flags = int(label.alignment()) | int(Qt.TextFlag.TextExpandTabs)
    flags |= int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    box = label.fontMetrics().boundingRect(
        QRect(0, 0, room.width(), 100_000), flags, plain(label.text())
    )
    if box.width() > room.width() + 2 or box.height() > room.height() + 2:
        yield "its text is cut"


def _room_of_button(button: QAbstractButton) -> int:
    """Return the pixels a button has for its text."""
    option = QStyleOptionButton()
    option.initFrom(button)
    element = QStyle.SubElement.SE_PushButtonContents
    if isinstance(button, QCheckBox):
        element = QStyle.SubElement.SE_CheckBoxContents
    return button.style().subElementRect(element, option, button).width() + 2


def _clipped_header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    if header.orientation() != Qt.Orientation.Horizontal or model is None:
        return
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        if header.fontMetrics().horizontalAdvance(title) + 6 > header.sectionSize(section):
            yield f"the title '{title}' is cut"


def _clipped_cells(view: QTableView) -> Iterator[str]:
    """Tell of cells whose text is elided without a tip that tells it."""
    model, room = view.model(), view.viewport().rect()
    for row in range(min(model.rowCount(), 60)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            box = view.visualRect(index)
            if box.isEmpty() or not room.intersects(box):
                continue
            text = str(index.data() or "")
            is_told = bool(index.data(Qt.ItemDataRole.ToolTipRole))
            if view.fontMetrics().horizontalAdvance(text) + 4 > box.width() and not is_told:
                yield f"the cell '{text}' is cut and has no tip"


CHECKS: dict[type[QWidget], Callable[..., Iterator[str]]] = {
    QLabel: _clipped_label,
    QAbstractButton: _clipped_button,
    QComboBox: _clipped_choice,
    QLineEdit: _clipped_line,
    QTabBar: _clipped_tabs,
    QDockWidget: _clipped_dock,
    QMenu: _clipped_menu,
    QHeaderView: _clipped_header,
    QTableView: _clipped_cells,
}
"""How each kind of widget is looked at."""


def is_inside(widget: QWidget) -> bool:
    """Tell whether a widget lies within its parent."""
    parent = widget.parentWidget()
    return parent is None or widget.isWindow() or parent.rect().contains(widget.geometry())


def overlaps(widget: QWidget) -> Iterator[str]:
    """Tell which parts of a layout lie over each other."""
    layout = widget.layout()
    if layout is None:
        return
    parts = [part for part in laid_out(layout) if is_seen(part, widget)]
    for one, other in combinations(parts, 2):
        if one.geometry().intersects(other.geometry()):
            yield f"{name(one)} and {name(other)} overlap"


def laid_out(layout: QLayout) -> list[QWidget]:
    """Return the widgets of a layout and of those in it.

    PySide destroys the items of a status bar's layout when they are asked for: they are not.
    """
    owner = layout.parentWidget()
    layouts = [layout, *layout.findChildren(QLayout)]
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [
        part
        for part in owner.findChildren(QWidget, options=direct)
        if any(one.indexOf(part) >= 0 for one in layouts)
    ]


def plain(text: str) -> str:
    """Return a text without the marks of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


# -- contrast -------------------------------------------------------------------------------------


def faint(widget: QWidget, top: QWidget, pixels: Pixels) -> Iterator[str]:
    """Tell of texts that hardly differ from their ground; what is disabled may be faint."""
    if not widget.isEnabled():
        return
    ratio = top.devicePixelRatioF()
    if isinstance(widget, QAbstractItemView):
        least, view = LEAST_CONTRAST_OF_CELLS, widget
        for index, box in cells(view):
            spot = QRect(view.viewport().mapTo(top, box.topLeft()), box.size())
            text = str(index.data() or "")
            found = contrast_within(cut(pixels, spot, ratio)) if len(text) > 2 else 21.0
            if found < least:
                yield f"the cell '{text}' has a contrast of {found:.1f}"
    elif isinstance(widget, QLabel | QAbstractButton | QProgressBar) and widget.text():
        spot = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
        area = cut(pixels, spot, ratio)
        if area.size == 0:
            return
        color = widget.palette().color(widget.foregroundRole())
        found = contrast(rgb(color), ground_of(area))
        if found < LEAST_CONTRAST:
            yield f"its contrast is {found:.1f}"


def cells(view: QAbstractItemView) -> Iterator[tuple[object, QRect]]:
    """Return the cells of a list or table that are wholly seen and enabled."""
    model, room = view.model(), view.viewport().rect()
    if model is None or isinstance(view, QHeaderView):
        return
    n_columns = 1 if isinstance(view, QListView) else model.columnCount()
    for row in range(min(model.rowCount(), 60)):
        for column in range(n_columns):
            index = model.index(row, column)
            box = view.visualRect(index)
            is_enabled = bool(model.flags(index) & Qt.ItemFlag.ItemIsEnabled)
            if is_enabled and room.contains(box) and not box.isEmpty():
                yield index, box


def cut(pixels: Pixels, spot: QRect, ratio: float) -> Pixels:
    """Return the part of a picture in a rectangle of the window."""
    left, top = max(0, round(spot.left() * ratio)), max(0, round(spot.top() * ratio))
    right, bottom = round((spot.right() + 1) * ratio), round((spot.bottom() + 1) * ratio)
    return pixels[top:bottom, left:right]


def contrast_within(area: Pixels) -> float:
    """Return the largest contrast of any pixel with the ground."""
    if area.size == 0:
        return 21.0
    ground = luminance(ground_of(area))
    every = luminance(area.reshape(-1, 3))
    high, low = np.maximum(every, ground), np.minimum(every, ground)
    return float(((high + 0.05) / (low + 0.05)).max())


def contrast(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return the contrast ratio of WCAG 2.1 of two colours, 1 to 21."""
    low, high = sorted((float(luminance(one)), float(luminance(other))))
    return (high + 0.05) / (low + 0.05)


def luminance(colors: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the relative luminance of colours (..., 3), 0 to 255, by WCAG 2.1."""
    parts = np.asarray(colors, np.float64) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ground_of(area: Pixels) -> Pixels:
    """Return the colour of the ground: texts and borders cover less than half of it."""
    return np.asarray(np.median(area.reshape(-1, 3), axis=0), np.uint8)


def rgb(color: QColor) -> tuple[int, int, int]:
    """Return the parts of a colour."""
    return color.red(), color.green(), color.blue()


def as_pixels(image: QImage) -> Pixels:
    """Return a picture as (height, width, 3) uint8, RGB."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(image.constBits(), np.uint8, image.sizeInBytes())
    lines = lines.reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()
