"""Prints a page with WebKitGTK into a PDF: ``webkit_print.py ADDRESS QUERY FILE.pdf``, for the Python of the system.

The driver of WebKit cannot print, so this asks the library itself, which Debian's packages python3-gi and
gir1.2-webkit2-4.1 open to Python. It prints as soon as something on the page fits the CSS query.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

PATIENCE = 60  # seconds for all of it
MARGIN = 12  # mm, as the guide asks for My plan where sheets can be asked for

address, query, file = sys.argv[1:]
window, view = Gtk.Window(), WebKit2.WebView()
window.set_default_size(1000, 900)
window.add(view)
window.show_all()


def print_page():
    sheet, settings = Gtk.PageSetup(), Gtk.PrintSettings()
    sheet.set_paper_size(Gtk.PaperSize.new("iso_a4"))
    for edge in ("top", "right", "bottom", "left"):
        getattr(sheet, f"set_{edge}_margin")(MARGIN, Gtk.Unit.MM)
    settings.set_printer("Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, f"file://{file}")
    printing = WebKit2.PrintOperation.new(view)
    printing.set_page_setup(sheet)
    printing.set_print_settings(settings)
    printing.connect("finished", lambda _: Gtk.main_quit())
    printing.connect("failed", lambda _, error: sys.exit(error.message))
    printing.print_()
    view.printing = printing  # lives as long as it prints


def ask():
    view.evaluate_javascript(f"!!document.querySelector({json.dumps(query)})", -1, None, None, None, answered)
    return False


def answered(_, result):
    if view.evaluate_javascript_finish(result).to_boolean():
        print_page()
    else:
        GLib.timeout_add(50, ask)


view.connect("load-changed", lambda _, event: event == WebKit2.LoadEvent.FINISHED and ask())
view.load_uri(address)
GLib.timeout_add_seconds(PATIENCE, lambda: sys.exit("the page did not come, or could not be printed"))
Gtk.main()
