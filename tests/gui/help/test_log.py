import logging

from sleap.gui.help import log


def test_the_last_lines_are_kept() -> None:
    kept = log.KeptLog()
    logger = logging.Logger("test")
    logger.addHandler(kept)
    for number in range(log.N_KEPT + 5):
        logger.warning("line %d", number)
    logger.debug("not kept")
    assert len(kept.lines) == log.N_KEPT
    assert kept.text().rstrip().endswith(f"line {log.N_KEPT + 4}")


def test_is_kept_once() -> None:
    log.keep_log()
    log.keep_log()
    assert logging.getLogger("sleap").handlers.count(log.LOG) == 1
