// What Electron needs for a window of a wine 10 that has no screen: a driver without one, a font that both of wine's
// font systems know by the same name, and a function of user32 that wine lacks. The tests, not Studio, make up for them.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { eventually, patienceMs, type UnderTest } from '../kit/eventually.ts'
import { wine10, type Windows, type Wine } from './wine.ts'

/** Wine 10 with the user32 that `fitForWindows` writes. */
export const windowed: Wine = { ...wine10, env: { WINEDLLOVERRIDES: 'mscoree,mshtml=;user32=n,b' } }

/** A LOGFONTW: 12 pixels, usual weight. */
function logFont(name: string): string {
  const bytes = Buffer.alloc(92)
  bytes.writeInt32LE(-12, 0)
  bytes.writeInt32LE(400, 16)
  bytes.write(name, 28, 'utf16le')
  return bytes.toString('hex')
}

/**
 * Chromium asks for the font of messages and calls itself without end where DirectWrite knows neither that nor Tahoma.
 * Debian's wine brings DejaVu Sans and no Tahoma.
 */
const messageFont = 'DejaVu Sans'
const metrics = ['MessageFont', 'CaptionFont', 'SmCaptionFont', 'MenuFont', 'StatusFont']

interface Table {
  readonly bytes: Buffer
  /** Position in the file of an address of the loaded program. */
  at(address: number): number
}

function tableOf(bytes: Buffer): Table {
  const pe = bytes.readUInt32LE(0x3c)
  const first = pe + 24 + bytes.readUInt16LE(pe + 20)
  const sections = Array.from({ length: bytes.readUInt16LE(pe + 6) }, (_, n) => first + 40 * n)
  return {
    bytes,
    at(address) {
      for (const section of sections) {
        const [size, begin, , from] = [8, 12, 16, 20].map((n) => bytes.readUInt32LE(section + n))
        const within = address - (begin ?? 0)
        if (within >= 0 && within < (size ?? 0)) return within + (from ?? 0)
      }
      throw new Error(`no section holds ${address}`)
    },
  }
}

/**
 * Chromium ends when user32 has no IsWindowArranged, which Windows 10 has since 1903. It takes the place of
 * IsWinEventHookInstalled, its neighbour but one in the sorted names, and does what IsIconic does: no window is arranged.
 */
function withIsWindowArranged(bytes: Buffer): void {
  const { at } = tableOf(bytes)
  const exported = at(bytes.readUInt32LE(bytes.readUInt32LE(0x3c) + 24 + 112))
  const count = bytes.readUInt32LE(exported + 24)
  const [names, ordinals] = [32, 36].map((n) => at(bytes.readUInt32LE(exported + n)))
  const nameAt = (n: number): number => (names ?? 0) + 4 * n
  const ordinalAt = (n: number): number => (ordinals ?? 0) + 2 * n
  const all = Array.from({ length: count }, (_, n) => {
    const from = at(bytes.readUInt32LE(nameAt(n)))
    return bytes.toString('latin1', from, bytes.indexOf(0, from))
  })
  if (all.includes('IsWindowArranged')) return
  const [unused, next, iconic] = ['IsWinEventHookInstalled', 'IsWindow', 'IsIconic'].map((name) =>
    all.indexOf(name),
  ) as [number, number, number]
  if (next !== unused + 1 || iconic < 0) throw new Error('user32 has other names than expected')
  const [text, ownText] = [unused, next].map((n) => bytes.readUInt32LE(nameAt(n))) as [
    number,
    number,
  ]
  bytes.write('IsWindowArranged\0', at(text), 'latin1')
  bytes.writeUInt32LE(ownText, nameAt(unused))
  bytes.writeUInt32LE(text, nameAt(next))
  bytes.writeUInt16LE(bytes.readUInt16LE(ordinalAt(next)), ordinalAt(unused))
  bytes.writeUInt16LE(bytes.readUInt16LE(ordinalAt(iconic)), ordinalAt(next))
}

/** `font`: a TrueType font of Chinese, named Noto Sans SC. */
export function fitForWindows(here: Windows, font: string): void {
  const set = (key: string, name: string, kind: string, value: string): void => {
    const words = ['reg', 'add', key, '/v', name, '/t', kind, '/d', value, '/f']
    if (here.run(words).code !== 0) throw new Error(words.join(' '))
  }
  set('HKCU\\Software\\Wine\\Drivers', 'Graphics', 'REG_SZ', 'null')
  for (const name of metrics)
    set('HKCU\\Control Panel\\Desktop\\WindowMetrics', name, 'REG_BINARY', logFont(messageFont))
  copyFileSync(font, here.linux('C:\\windows\\Fonts\\regular.ttf'))
  const fonts = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts'
  set(fonts, 'Noto Sans SC (TrueType)', 'REG_SZ', 'regular.ttf')
  const file = here.linux('C:\\windows\\system32\\user32.dll')
  const bytes = readFileSync(file)
  withIsWindowArranged(bytes)
  // Without this mark wine takes the file for one of Windows and loads it.
  bytes.fill(0, 0x40, 0x60)
  writeFileSync(file, bytes)
  // The programs of wine that run have the old one.
  here.run(['wineboot', '-k'])
}

/** The page of a Studio that was started with `--remote-debugging-port=PORT`. */
export async function pageOf(port: number, of: UnderTest): Promise<Page> {
  const list = `http://127.0.0.1:${port}/json/list`
  const shown = async (): Promise<string[]> => {
    const answer = await fetch(list).catch(() => null)
    return ((await answer?.json()) as { url: string }[] | undefined)?.map(({ url }) => url) ?? []
  }
  await eventually(shown, { of }).toContain('app://ui/index.html')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: patienceMs })
  const page = browser.contexts()[0]?.pages()[0]
  if (page === undefined) throw new Error('the application has no page')
  page.setDefaultTimeout(patienceMs)
  return page
}
