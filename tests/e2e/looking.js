// What looking.py asks of a page. axe measures the contrast of every text, which is most of what a look costs: a text
// that is drawn as another was, on top of the same, is not measured again in that theme.
(() => {
    const STYLES = [
        ["color", "backgroundColor", "backgroundImage", "opacity", "textDecorationLine", "textShadow"],
        ["visibility", "filter", "mixBlendMode", "transform", "clipPath", "fontWeight"],
    ].flat();
    const LARGE = 18.66; // pixels: from here on a bold text needs less contrast
    const LARGER = 24; // pixels: from here on any
    const PLACED = ["absolute", "fixed", "sticky"]; // may come to stand above anything
    const SAMPLES = 3; // of texts that are drawn alike
    const measured = { light: new Set(), dark: new Set() }; // how texts were drawn that were measured
    const undecided = new Set(); // what axe could not tell, for another stands above it say: it is asked each time

    // How each element is drawn, and all that it stands in. Null where that says too little.
    function drawings() {
        const found = new Map();
        for (const one of document.querySelectorAll("*")) {
            const style = getComputedStyle(one);
            const around = found.get(one.parentElement);
            const size = parseFloat(style.fontSize);
            const own = STYLES.map((name) => style[name]).join(";") + (size >= LARGE) + (size >= LARGER);
            const tells = around !== null && !PLACED.includes(style.position) && !undecided.has(one);
            found.set(one, tells ? `${around ?? ""}>${own}` : null);
        }
        return found;
    }

    const hasWords = (one) =>
        one.matches("input, select, textarea, button") ||
        [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

    // Texts that can be seen, with how they are drawn.
    function texts(within) {
        const roots = within ? [...document.querySelectorAll(within)] : [document.documentElement];
        const isThere = (one) => hasWords(one) && one.checkVisibility() && roots.some((root) => root.contains(one));
        return [...drawings()].filter(([one]) => isThere(one));
    }

    async function findings(context, options) {
        const found = await axe.run(context, { ...options, elementRef: true, selectors: false });
        const colours = found.incomplete.filter(({ id }) => id === "color-contrast" || id === "link-in-text-block");
        colours.forEach(({ nodes }) => nodes.forEach((node) => undecided.add(node.element)));
        return found.violations.map(({ id, nodes }) => ({
            id,
            nodes: nodes.slice(0, 4).map(({ html, failureSummary }) => ({ html, failureSummary })),
        }));
    }

    function note(theme, those) {
        those.filter(([one]) => !undecided.has(one)).forEach(([, drawn]) => measured[theme].add(drawn));
    }

    // All that `options` ask for.
    async function everything(within, theme, options) {
        const found = await findings(within || document, options);
        note(theme, texts(within));
        return found;
    }

    // What does not tell of colours.
    async function structure(within, theme, options) {
        return findings(within || document, options);
    }

    // Of those texts alone that are drawn as none was that has been measured in this theme.
    async function colours(within, theme, options) {
        const alike = new Map();
        const fresh = texts(within).filter(([, drawn]) => {
            alike.set(drawn, (alike.get(drawn) ?? 0) + 1);
            return drawn === null || (!measured[theme].has(drawn) && alike.get(drawn) <= SAMPLES);
        });
        if (!fresh.length) return [];
        const found = await findings({ include: fresh.map(([one]) => one) }, options);
        note(theme, fresh);
        return found;
    }

    globalThis.look = { everything, structure, colours };
})();
