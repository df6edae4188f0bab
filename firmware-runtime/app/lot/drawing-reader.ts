// Reads texts, attributes, closed lines and blocks of a DXF drawing in text form (R12 and later) by the package `dxf`
// (ADR 402). What a drawing says of the earth is not read: it has no coordinates of the earth.
import parser, { type DxfEntity, type DxfText } from 'dxf/lib/parseString.js'
import type { Drawing, DrawnFrame, DrawnText } from '../../core/lot/drawing-spaces.ts'

type Parse = (text: string) => { readonly entities: readonly DxfEntity[] }
/** Node gives the whole module of a CommonJS file, a bundler its default export. */
const parse = (
  typeof parser === 'function' ? parser : (parser as { readonly default: unknown }).default
) as Parse

/** It begins with comments and a section, and its end is there: a part that is cut off is not taken for the whole. */
export function isWholeDrawing(text: string): boolean {
  if (text.slice(-64).trimEnd().split(/\s+/).at(-1) !== 'EOF') return false
  const lines = text.slice(0, 4_096).split(/\r?\n/)
  let at = 0
  while (lines[at]?.trim() === '999') at += 2
  return lines[at]?.trim() === '0' && lines[at + 1]?.trim() === 'SECTION'
}

/** `\U+6CCA` is a character that the code page of an old drawing lacks. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\U\+([0-9A-Fa-f]{4})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** A text without its formats, such as `{\fSimSun;A01}`, `\A1;A01` or `%%uA01`. */
const plain = (text: string): string =>
  unescaped(text)
    .replaceAll(/%%[uoUO]/g, '')
    .replaceAll(/\\[ACFHQTWacfhpqtw][^;\\]{0,200};/g, '')
    .replaceAll(/\\[PLlOoKkN~]/g, ' ')
    .replaceAll(/[{}]/g, '')
    .trim()

const placeOf = ({ x = 0, y = 0, x2, y2, hAlign = 0, vAlign = 0 }: Omit<DxfText, 'string'>) =>
  (hAlign !== 0 || vAlign !== 0) && x2 !== undefined && y2 !== undefined
    ? { x: x2, y: y2 }
    : { x, y }

/** The line of each text that has no handle, as R12 drawings are mostly written. */
function lineFinder(text: string): (value: string) => string {
  let lines: readonly string[] | null = null
  const from = new Map<string, number>()
  return (value) => {
    lines ??= text.split(/\r\n|\r|\n/)
    const at = lines.indexOf(value, from.get(value) ?? 0)
    from.set(value, at + 1)
    return `line ${at + 1}`
  }
}

function frameOf(one: DxfEntity, field: string, layer: string): DrawnFrame | null {
  if (one.type === 'INSERT') return { x: one.x ?? 0, y: one.y ?? 0, layer, field, corners: [] }
  const corners = (one.vertices ?? []).map(({ x = 0, y = 0 }) => ({ x, y }))
  if (one.closed !== true || corners.length < 3) return null
  const mean = (of: (corner: { readonly x: number; readonly y: number }) => number): number =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length
  return { x: mean(({ x }) => x), y: mean(({ y }) => y), layer, field, corners }
}

/** Throws what the parser throws at a text that is no drawing. */
export function readDrawing(text: string): Drawing {
  const texts: DrawnText[] = []
  const frames: DrawnFrame[] = []
  const lineOf = lineFinder(text)
  /** Attributes follow their block. */
  let block: number | null = null
  for (const one of parse(text).entities) {
    if (one.paperSpace === 1) continue
    const layer = unescaped(one.layer ?? '0')
    const said = one.type === 'ATTRIB' ? (one.text ?? {}) : one
    if (one.type !== 'ATTRIB') block = one.type === 'INSERT' ? frames.length : null
    const isText = one.type === 'TEXT' || one.type === 'MTEXT' || one.type === 'ATTRIB'
    if (isText && said.string !== undefined) {
      const field = one.handle === undefined ? lineOf(said.string) : `handle ${one.handle}`
      const of = block === null ? {} : { frame: block }
      const at = block === null ? layer : (frames[block]?.layer ?? layer)
      texts.push({ ...placeOf(said), layer: at, field, text: plain(said.string), ...of })
    }
    const isFrame = ['INSERT', 'LWPOLYLINE', 'POLYLINE'].includes(one.type)
    const frame = isFrame ? frameOf(one, `handle ${one.handle ?? ''}`, layer) : null
    if (frame !== null) frames.push(frame)
  }
  return { texts, frames }
}
