// Link URLs of contract.md section 3 taken apart: `tcp://host:port`, `serial:PATH?baud=&parity=`.
// Pure, so that the check of a lot file and the opener of a link cannot disagree.
import { t } from '../words/fault-text.ts'
import { LaneFault, type Why } from '../faults/faults.ts'

type Parity = 'none' | 'even' | 'odd'

export interface TcpTarget {
  readonly scheme: 'tcp'
  readonly host: string
  readonly port: number
  readonly query: Readonly<Record<string, string>>
}

export interface SerialTarget {
  readonly scheme: 'serial'
  /** Device path or port name, as typed: ptys and by-id links are in no port list. */
  readonly path: string
  readonly baud: number
  readonly parity: Parity
  readonly dataBits: 7 | 8
  readonly stopBits: 1 | 2
  readonly query: Readonly<Record<string, string>>
}

export type LinkTarget = TcpTarget | SerialTarget

/** 115200 8N1 is what the RSU interface prescribes for its serial port. */
const serialDefault: Readonly<Record<'baud' | 'parity' | 'dataBits' | 'stopBits', string>> = {
  baud: '115200',
  parity: 'none',
  dataBits: '8',
  stopBits: '1',
}
const baudMax = 4_000_000
const urlCharsMax = 512

/** Normalises a Windows port: COM10, com10 and \\.\COM10 are the same; the opener adds the prefix itself. */
export const portPath = (path: string): string =>
  /^(?:\\\\\.\\)?(COM\d{1,3})$/i.exec(path)?.[1]?.toUpperCase() ?? path

/** A name or an address; IPv6 in square brackets. */
export const hostShape =
  /^(?:\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?)$/

/** Numbers and dots alone that are no IPv4 address: nothing will ever answer there, and no name is written so. */
export const isNoAddress = (host: string): boolean =>
  /^[\d.]*\d[\d.]*$/.test(host) &&
  !/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(host)

/** True for a valid host as typed by a person. */
export const isHost = (text: string): boolean => hostShape.test(text) && !isNoAddress(text)

function refuse(url: string, field: string, note: Why): never {
  throw new LaneFault('LOT-03', { field, value: url.slice(0, urlCharsMax), note })
}

function queryOf(url: string, text: string, field: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const pair of text === '' ? [] : text.split('&')) {
    const cut = pair.indexOf('=')
    const name = cut < 0 ? pair : pair.slice(0, cut)
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name))
      refuse(url, field, t(`没有参数“${name}”`, `"${name}" is not a parameter`))
    if (Object.hasOwn(query, name))
      refuse(url, field, t(`${name} 写了两次`, `${name} is given twice`))
    query[name] = cut < 0 ? '' : pair.slice(cut + 1)
  }
  return query
}

function tcpTarget(url: string, rest: string, query: Record<string, string>, field: string) {
  const m = /^\/\/(.+):(\d{1,5})$/.exec(rest)
  const host = m?.[1] ?? ''
  const port = Number(m?.[2] ?? '0')
  if (!hostShape.test(host))
    refuse(url, field, t('应为 tcp://host:port', 'expected tcp://host:port'))
  if (port < 1 || port > 65_535)
    refuse(url, field, t('端口须为 1 到 65535', 'the port must be 1 to 65535'))
  return { scheme: 'tcp', host: host.replaceAll(/[[\]]/g, ''), port, query } as const
}

function serialTarget(url: string, path: string, query: Record<string, string>, field: string) {
  const given = { ...serialDefault, ...query }
  const baud = /^\d{1,7}$/.test(given.baud) ? Number(given.baud) : 0
  const { parity, dataBits, stopBits } = given
  if (path === '' || path.includes('\0'))
    refuse(url, field, t('应为 serial:PATH', 'expected serial:PATH'))
  if (baud < 50 || baud > baudMax)
    refuse(url, field, t(`baud 须为 50 到 ${baudMax}`, `baud must be 50 to ${baudMax}`))
  if (parity !== 'none' && parity !== 'even' && parity !== 'odd') {
    return refuse(
      url,
      field,
      t('parity 须为 none、even 或 odd', 'parity must be none, even or odd'),
    )
  }
  if (dataBits !== '7' && dataBits !== '8')
    refuse(url, field, t('dataBits 须为 7 或 8', 'dataBits must be 7 or 8'))
  if (stopBits !== '1' && stopBits !== '2')
    refuse(url, field, t('stopBits 须为 1 或 2', 'stopBits must be 1 or 2'))
  return {
    scheme: 'serial',
    path: portPath(path),
    baud,
    parity,
    dataBits: dataBits === '7' ? 7 : 8,
    stopBits: stopBits === '2' ? 2 : 1,
    query,
  } as const
}

/**
 * The target of a link URL. Throws LaneFault LOT-03 with `field` (a JSON pointer the caller names,
 * for example `/lanes/0/rsu`) and the URL as `value`.
 */
export function parseLinkUrl(url: string, field = ''): LinkTarget {
  if (url.length > urlCharsMax)
    refuse(url, field, t(`超过 ${urlCharsMax} 个字符`, `longer than ${urlCharsMax} characters`))
  const scheme = /^([a-z]+):/.exec(url)?.[1] ?? ''
  const body = url.slice(scheme.length + 1)
  const cut = body.indexOf('?')
  const rest = cut < 0 ? body : body.slice(0, cut)
  const query = queryOf(url, cut < 0 ? '' : body.slice(cut + 1), field)
  if (scheme === 'tcp') return tcpTarget(url, rest, query, field)
  if (scheme === 'serial') return serialTarget(url, rest, query, field)
  return refuse(
    url,
    field,
    t('应为 tcp://host:port 或 serial:PATH', 'expected tcp://host:port or serial:PATH'),
  )
}
