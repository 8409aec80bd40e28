// Tells the page around the frame how high the programme is, whenever that changes. Nothing else is said or heard.
const tell = () => parent.postMessage({ offenraumHeight: document.documentElement.scrollHeight }, '*')

new ResizeObserver(tell).observe(document.body)
