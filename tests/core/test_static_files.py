from cms.core.static_files import lean


def test_comments_and_indentation_are_left_out_and_nothing_else():
    css = """@layer base {
  /* why
     this */
  a:hover { color: var(--link) } /* and that */

  p { margin: calc(1rem + 2px) }
}
"""
    assert lean(css) == "@layer base {\na:hover { color: var(--link) }\np { margin: calc(1rem + 2px) }\n}\n"
