// A file that the runtime made, into the folder for downloads of this machine.
// The window has no other way to the disk, and asks for none.
export function saveBytes(name: string, mime: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export function saveText(name: string, mime: string, text: string): void {
  const bytes = new TextEncoder().encode(text)
  saveBytes(name, mime, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')))
}
