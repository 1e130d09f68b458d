def page_text(page):
    class T:
        word_count = len(str(page.title).split())

    return T()
