// Puts a text on the clipboard as the copy command of a person would.
// The clipboard API needs a permission that this window does not have.
export function copyText(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}
