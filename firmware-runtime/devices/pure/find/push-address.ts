// Where a camera pushes to: the network card beside it, the exact address to type, and what the
// firewall must let through. Pure; what the listener really is comes in.
import { shellCommand, shellWord } from '#base/pure/words/shell-words.ts'
import { cardFor, type NetCard } from './subnet.ts'

interface PushTarget<C extends NetCard> {
  /** Network card through which a camera at that address reaches this machine; null: no such card, or unknown. */
  readonly card: C | null
  /** Address to type into the camera, without blanks. */
  readonly address: string
}

/** `listening`: the listener's own URL of the lane, for example `http://0.0.0.0:18080/push/entry`. */
export function pushTargetOf<C extends NetCard>(
  listening: string,
  camera: string | null,
  cards: readonly C[],
): PushTarget<C> {
  const m = /^http:\/\/(\[[^\]]+\]|[^:/]+):(\d+)(\/.*)$/.exec(listening)
  const [, host = '', port = '', path = ''] = m ?? []
  const outside = cards.filter(({ loopback }) => !loopback)
  const every = host === '0.0.0.0' || host === '[::]'
  const own = cards.find(({ address }) => address === host) ?? null
  const near = camera === null ? 'unknown' : cardFor(camera, cards)
  const only = outside.length === 1 ? (outside[0] ?? null) : null
  const beside = near === 'unknown' ? only : near === 'far' ? null : near
  const card = every ? beside : own
  return { card, address: `http://${every ? (card?.address ?? '?') : host}:${port}${path}` }
}

/** The command that lets an address, or `any`, reach that port. */
export const firewallWords = (port: number, from: string): readonly string[] => [
  'ufw',
  'allow',
  'proto',
  'tcp',
  'from',
  from,
  'to',
  'any',
  'port',
  String(port),
]

/** One line for each system, for the one port and, where it is known, the one camera. */
export function firewallRules(
  port: number,
  camera: string | null,
): { readonly windows: string; readonly linux: string } {
  const from = camera === null ? '' : ` ${shellWord('powershell', `remoteip=${camera}`)}`
  const source = camera === null ? 'any' : camera
  return {
    windows: `netsh advfirewall firewall add rule name="etc-lane ${port}" dir=in action=allow protocol=TCP localport=${port}${from}`,
    linux: shellCommand('sh', firewallWords(port, source)),
  }
}
