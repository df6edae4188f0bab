// The themes of firmware-runtime/ (docs/architecture.md): to which a file belongs, and which may import which.
import rows from './themes.json' with { type: 'json' }

const base = 'firmware-runtime/'
const table = rows.map(([shape = '', part = '']) => [new RegExp(shape), part] as const)

/** The themes in the order of the arrows: a theme imports those before it. */
export const order = [
  'base',
  'devices',
  'money',
  'ledger',
  'lane',
  'survey',
  'acceptance',
  'runtime',
] as const
export type Theme = (typeof order)[number]

/** Theme of a file, or theme and `/desk`: what a person asks of it (rows, handlers, commands, matters). */
export const partOf = (path: string): string =>
  table.find(([shape]) => shape.test(path.slice(base.length)))?.[1] ?? 'no theme'

/**
 * What a file is within its theme. `pure`: no clock, no Node module; `calls`: rows of the control API and their answers;
 * `tables`: the bytes of table files; `own`: every other file; `desk`: see partOf.
 */
export const kinds = ['pure', 'calls', 'tables', 'own', 'desk'] as const
export type Kind = (typeof kinds)[number]
/** Folders of themes that no layer had. */
const ofThemes =
  /^(?:(?:base|ledger|money|lane)\/|(?:devices|survey|acceptance)\/(?:calls|desk|files|find|frame-log|hosts|intake|instruments|links|passport|ports|profiles|pure|report|runs|settings|sqlite|web)\/|runtime\/(?:api|calls|commands|control|inbox|ports|pure|search|slots|support)\/)/
export const isMoved = (path: string): boolean => ofThemes.test(path)
const layers = /^(?:core|survey|acceptance|devices|platforms|ports)\//

export function kindOf(path: string): Kind {
  const own = path.slice(base.length)
  if (/^\w+\/(?:pure|ports)\//.test(own)) return 'pure'
  if (partOf(path).endsWith('/desk')) return 'desk'
  if (/^(?:api|\w+\/calls|runtime\/api)\//.test(own)) return 'calls'
  if (/^(?:base\/)?tables\//.test(own)) return 'tables'
  return layers.test(own) && !isMoved(own) ? 'pure' : 'own'
}

/** Whether a file of one part may import one of another. */
export function mayImport(from: string, to: string): boolean {
  if (from === to || from === 'harness') return true
  if (from === 'simulators') return to === 'base'
  if (to === 'harness' || to === 'simulators') return false
  const [[theme = '', desk], [other = '', otherDesk]] = [from.split('/'), to.split('/')]
  if ((desk === undefined) !== (otherDesk === undefined)) return desk !== undefined
  return order.indexOf(other as Theme) <= order.indexOf(theme as Theme)
}
