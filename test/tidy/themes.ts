// The themes of firmware-runtime/ (docs/architecture.md): to which a file belongs, and which may import which.

const base = 'firmware-runtime/'
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

/** Folders of runtime/ that its desk and those of other themes share. */
const shared = /^runtime\/(?:api|calls|ports|pure|slots)\//

/** Theme of a file, or theme and `/desk`: what a person asks of it (rows, handlers, commands, matters). */
export function partOf(path: string): string {
  const own = path.slice(base.length)
  const [theme = '', folder] = own.split('/')
  if (folder === undefined) return 'harness'
  return folder === 'desk' || (theme === 'runtime' && !shared.test(own)) ? `${theme}/desk` : theme
}

/**
 * What a file is within its theme. `pure`: no clock, no Node module; `calls`: rows of the control API and their answers;
 * `tables`: the bytes of table files; `own`: every other file; `desk`: see partOf.
 */
export const kinds = ['pure', 'calls', 'tables', 'own', 'desk'] as const
export type Kind = (typeof kinds)[number]
export function kindOf(path: string): Kind {
  const own = path.slice(base.length)
  if (/^\w+\/(?:pure|ports)\//.test(own)) return 'pure'
  if (partOf(path).endsWith('/desk')) return 'desk'
  if (/^\w+\/calls\//.test(own)) return 'calls'
  return own.startsWith('base/tables/') ? 'tables' : 'own'
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
