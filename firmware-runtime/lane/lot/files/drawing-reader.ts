// Reads texts, attributes, closed lines and blocks of a DXF drawing in text form (R12 and later) by the package `dxf`
// (ADR 402). What a drawing says of the earth is not read: it has no coordinates of the earth.
import parser, { type DxfBlock, type DxfEntity, type DxfText } from 'dxf/lib/parseString.js'
import type { Drawing, DrawnFrame, DrawnText } from '../../pure/lot/drawing-spaces.ts'
import { cornersOf, shownIn, type ShownEntity } from './drawing-blocks.ts'

type Parse = (text: string) => {
  readonly entities: readonly DxfEntity[]
  readonly blocks?: readonly DxfBlock[]
}
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

/** Code pages of `\M+nXXXX` by n; 4, Johab, has no decoder. */
const codePages: ReadonlyMap<string, string> = new Map([
  ['1', 'shift_jis'],
  ['2', 'big5'],
  ['3', 'euc-kr'],
  ['5', 'gb18030'],
])
/** `\U+6CCA` and `\M+5B2B4` are characters that the code page of an old drawing lacks. */
const unescaped = (text: string): string =>
  text
    .replaceAll(/\\U\+([0-9A-Fa-f]{4})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/\\M\+([1235])([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})/g, (_, page: string, ...hex) =>
      new TextDecoder(codePages.get(page)).decode(
        Uint8Array.from(hex.slice(0, 2), (byte: string) => Number.parseInt(byte, 16)),
      ),
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

function frameOf(
  { one, layer, move, corners: ofBlock }: ShownEntity,
  field: string,
): DrawnFrame | null {
  const corners = ofBlock ?? cornersOf(one).map(move)
  if (corners.length === 0)
    return one.type === 'INSERT' ? { ...move(one), layer, field, corners } : null
  const mean = (of: (corner: { readonly x: number; readonly y: number }) => number): number =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length
  return { x: mean(({ x }) => x), y: mean(({ y }) => y), layer, field, corners }
}

/** Throws what the parser throws at a text that is no drawing, and RangeError at too many copies of blocks. */
export function readDrawing(text: string): Drawing {
  const texts: DrawnText[] = []
  const frames: DrawnFrame[] = []
  const lineOf = lineFinder(text)
  /** Attributes follow their block. */
  let block: number | null = null
  const { entities, blocks = [] } = parse(text)
  for (const shown of shownIn(entities, blocks)) {
    const { one, move } = shown
    if (one.paperSpace === 1) continue
    const layer = unescaped(shown.layer)
    const said = one.type === 'ATTRIB' ? (one.text ?? {}) : one
    if (one.type !== 'ATTRIB') block = one.type === 'INSERT' ? frames.length : null
    const isText = one.type === 'TEXT' || one.type === 'MTEXT' || one.type === 'ATTRIB'
    if (isText && said.string !== undefined) {
      const field = one.handle === undefined ? lineOf(said.string) : `handle ${one.handle}`
      const of = block === null ? {} : { frame: block }
      const at = block === null ? layer : (frames[block]?.layer ?? layer)
      texts.push({ ...move(placeOf(said)), layer: at, field, text: plain(said.string), ...of })
    }
    const isFrame = ['INSERT', 'LWPOLYLINE', 'POLYLINE'].includes(one.type)
    const frame = isFrame ? frameOf({ ...shown, layer }, `handle ${one.handle ?? ''}`) : null
    if (frame !== null) frames.push(frame)
  }
  return { texts, frames }
}
