"""Pictures of the report for the docs: the page of an example, as a browser shows it.

    python -m tools.screenshots        writes docs/report.png and docs/report-phone.png; needs Chromium

They are not compared byte by byte: fonts differ from machine to machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from crmclean.__main__ import run_and_report

ROOT = Path(__file__).parents[1]
EXPORT = ROOT / "examples" / "german-excel-export" / "kunden.csv"
MAX_BYTES = 150_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Name, width and height in CSS pixels, language, and the colour scheme as Chromium counts it: 0 dark, 1 light.
_PICTURES = (("report.png", 1280, 900, "en", 1), ("report-phone.png", 390, 844, "de", 0))
# A window has a least width, a frame has not.
_FRAME = '<!doctype html><body style="margin:0"><iframe src="{}" style="border:0;width:{}px;height:{}px"></iframe>'


def main() -> int:
    """Write the pictures; 1 where there is no browser or one of them is too large."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        print(f"no browser: one of {', '.join(_BROWSERS)}")
        return 1
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, width, height, language, scheme in _PICTURES:
            page = Path(folder) / f"{name}.html"
            options = ["--country", "DE", "--as-of", "2026-01-31", "--lang", language, "-o", str(page), "-q"]
            run_and_report(["report", str(EXPORT), "--format", "html", *options])
            frame = Path(folder) / "frame.html"
            frame.write_text(_FRAME.format(page.as_uri(), width, height), "utf-8")
            picture = ROOT / "docs" / name
            _shoot(browser, frame, picture, (width, height), scheme)
            size = picture.stat().st_size
            print(f"docs/{name} {width} x {height}, {size:,} bytes")
            is_good &= size <= MAX_BYTES
    return 0 if is_good else 1


def _shoot(browser: str, page: Path, picture: Path, size: tuple[int, int], scheme: int) -> None:
    subprocess.run(  # noqa: S603 - our own page
        [
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--allow-file-access-from-files", f"--window-size={size[0]},{size[1]}",
            f"--blink-settings=preferredColorScheme={scheme}", f"--screenshot={picture}", page.as_uri(),
        ],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
