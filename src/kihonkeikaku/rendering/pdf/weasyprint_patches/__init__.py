"""Inside WeasyPrint: all that touches its private side, and that of its library pydyf.

What is borrowed, and for what:

- ``justification``: ``layout.inline.justify_line`` and ``get_next_linebox`` give way, and a text
  gets a ``text.line_break.Layout`` of its own: lines of Japanese become flush;
- ``page_numbers``: ``css.targets.TargetCollector.collect_missing_counters`` gives way, and texts
  of the layout tree are changed: pages are laid out once;
- ``margins``: ``draw.draw_stacking_context`` and ``pdf.add_tags`` give way, and boxes are taken
  from the layout tree: what stands in the margins is an artefact;
- ``links``: the links that a page has gathered are thinned out, and described in words;
- ``line_places``: the layout tree is read: drafts number their lines;
- ``styles``: ``css.ComputedStyle`` takes what it says from another one that is like it;
- ``sizes``: ``layout.percent.resolve_percentages`` gives way, wherever it is imported;
- ``shaping``: methods of ``text.line_break.Layout``, and ``strut`` wherever it is imported, give
  way: a text is drawn as it was laid out;
- ``flow``: ``boxes.Box.is_in_normal_flow`` and ``layout.inline.avoid_collisions`` give way;
- ``plain_boxes``: ``layout.background.layout_box_backgrounds``, ``draw.draw_border`` and
  ``draw_outline`` give way: where there is nothing to draw, nothing is asked;
- ``imports``, with ``pango_declarations``: what WeasyPrint imports is stood in for, and so is its
  style sheet for all of HTML;
- ``markup``: ``weasyprint.tinyhtml5`` gives way: templates that are XML are read as such;
- ``font_faces``: ``text.fonts.FontConfiguration.add_font_face`` and ``pdf.fonts.Font.__init__``
  give way: fonts are not copied;
- ``writing``: ``pydyf.PDF.page_references`` and pydyf's ``zlib`` give way: nothing is done twice.

``replacing`` is how something gives way, and comes back.

None of this is promised from one version to the next. ``version`` names the one that is known;
``improvements`` checks it and is the way in. ``tests/rendering/pdf/weasyprint_patches`` knows what
each of the borrowed functions looks like, and fails first when the version moves.
"""
