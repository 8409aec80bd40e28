"""What can be measured of a page's looks: axe-core's findings, small targets, elements that stick out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js").read_text()
# A checkbox counts with its label; a link in a sentence is exempt; a link stretched over its card is as large as it.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  if (e.closest('.skip, p:not(.session__when), .session__title, .piece__title') || e.type === 'hidden'
    || !e.offsetParent || getComputedStyle(e).pointerEvents === 'none') return false
  const r = e.getBoundingClientRect(), label = e.labels?.[0]?.getBoundingClientRect()
  return Math.max(r.height, label?.height ?? 0) < 43.5 || r.width + (label?.width ?? 0) < 43.5
}).map(e => e.outerHTML.slice(0, 120))"""
# A text can stick out of an element that does not.
SIDEWAYS = """() => {
  const root = document.documentElement, wide = e => e.getBoundingClientRect().right > innerWidth + 1
  if (root.scrollWidth <= innerWidth) return []
  const found = [...document.querySelectorAll('body *')].filter(e => wide(e) || e.scrollWidth > e.clientWidth + 1)
  return [`${root.scrollWidth} px`, ...found.map(e => e.outerHTML.slice(0, 120))]
}"""
# Summed up in the page: what axe tells of everything that is right fills megabytes.
FINDINGS = """async tags => {
  const options = { runOnly: tags, resultTypes: ['violations', 'incomplete'], preload: false }
  const { violations, incomplete } = await axe.run(document, options)
  return [...violations, ...incomplete.filter(entry => entry.id === 'color-contrast')].flatMap(entry => entry.nodes.map(
    node => `${entry.id}: ${node.html.slice(0, 120)} (${node.failureSummary.split('\\n').at(-1).trim()})`))
}"""
WHOLE_TABLES = """isWhole => document.querySelectorAll(".table-wrap").forEach(e =>
  e.style.setProperty('zoom', isWhole && e.scrollWidth > e.clientWidth ? 0.95 * e.clientWidth / e.scrollWidth : ''))"""
# What axe does not judge in a drawing: each text against the disc that it stands on, else against its page.
FAINT_TEXTS = """() => {
  const rgb = text => text.match(/[\\d.]+/g)?.map(Number) ?? []
  const even = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = colour => [0.2126, 0.7152, 0.0722].reduce((sum, share, n) => sum + share * even(colour[n] / 255), 0)
  const pen = document.createElement('canvas').getContext('2d')
  const plain = text => {
    pen.fillStyle = text
    pen.fillRect(0, 0, 1, 1)
    return [...pen.getImageData(0, 0, 1, 1).data]
  }
  const ground = e => { const own = getComputedStyle(e).backgroundColor, [, , , a = 1] = rgb(own)
    return a > 0 && own !== 'transparent' ? plain(own) : e.parentElement ? ground(e.parentElement) : [255, 255, 255] }
  return [...document.querySelectorAll('svg text')].filter(e => e.checkVisibility()).flatMap(e => {
    const disc = e.parentElement.querySelector('circle')
    const under = disc ? plain(getComputedStyle(disc).fill) : ground(e.ownerSVGElement)
    const [a, b] = [plain(getComputedStyle(e).fill), under].map(light)
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    return ratio < 4.5 ? [`faint text ${ratio.toFixed(2)}: ${e.outerHTML.slice(0, 120)}`] : []
  })
}"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page: Page) -> list[str]:
    """Each violation and each undecided contrast of the page as `rule: element (reason)`.

    The window is made as tall as the page first, and wide tables so small that they are whole: what lies under the
    fixed bar or is scrolled away cannot be measured.
    """
    width, height = page.evaluate("[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]")
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("scrollTo(0, 0)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    page.evaluate(WHOLE_TABLES, True)
    found = list(page.evaluate(FINDINGS, TAGS))
    page.evaluate(WHOLE_TABLES, False)
    return found


def faint_texts(page: Page) -> list[str]:
    """Texts of drawings with a contrast of less than 4.5."""
    return list(page.evaluate(FAINT_TEXTS))


def small_targets(page: Page) -> list[str]:
    """What can be tapped and measures less than 44 px."""
    return list(page.evaluate(SMALL_TARGETS))


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return list(page.evaluate(SIDEWAYS))
