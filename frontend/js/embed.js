// Tells the page around the frame how high the programme is, whenever that changes. Nothing else is said or heard.
// Of the body: the document itself is never less high than the frame, which then would not become smaller again.
const tell = () => parent.postMessage({ offenraumHeight: document.body.scrollHeight }, '*')

new ResizeObserver(tell).observe(document.body)
