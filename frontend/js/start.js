// Runs when the page has its styles: only now the rest of the scripts is asked for, so that on a slow line styles and the
// first picture wait for nothing else. The element (unlike an import) lets the page's load wait for it.
const script = document.createElement('script')
script.type = 'module'
script.src = new URL(PHONE, import.meta.url).href
document.head.append(script)
