// Puts a text on the clipboard, as a person's own press of copy would.
// The clipboard interface asks for a permission, and this window has none to give.
export function copyText(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}
