// `etc-lane find`: searches cameras by ONVIF and by makers' own protocols, lane computers by mDNS, USB HID devices.
// Nothing is sent unless requested; a result is a name and an address.
import { t } from '#base/pure/words/fault-text.ts'
import { kernelPrinters } from '../../find/kernel-ports.ts'
import { hidDevices } from '../../find/machine.ts'
import { camerasAt, camerasOn } from '../../find/cameras.ts'
import { browseLanePcs } from '../../find/lane-pcs.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Card, FoundCamera, FoundLanePc } from '../../ports/find.ts'
import { act, commandOf, printed } from '#base/desk/commands/acts.ts'
import { doctorPorts } from '../bench/find-ports.ts'
import { wrongFlag } from '#base/commands/command.ts'

/** The network cards to search on: all but the loopback, or the one named by its address or name. */
function cardsOf(named: string | undefined): readonly Card[] {
  const all = doctorPorts(null).machine.cards()
  if (named === undefined) return all.filter(({ loopback }) => !loopback)
  const found = all.filter(({ name, address }) => name === named || address === named)
  if (found.length === 0) {
    const note = all.map(({ name, address }) => `${name} ${address}`).join(', ')
    throw new LaneFault('ARG-01', { field: '--card', value: named, note })
  }
  return found
}

/** Queries a single host, also through a router, which multicast does not cross. */
function probeOne(at: string, waitMs: number): Promise<readonly FoundCamera[]> {
  const [, host = '', port] = /^([\w.-]{1,253})(?::(\d{1,5}))?$/.exec(at) ?? []
  const own = port === undefined ? null : Number(port)
  if (host === '' || (own !== null && (own < 1 || own > 65_535)))
    throw new LaneFault('ARG-01', { field: '--at', value: at, note: 'HOST or HOST:PORT' })
  return camerasAt(host, own, waitMs)
}

const find = act(
  [
    'find [--cameras] [--lanes] [--hid] [--printers] [--at HOST|HOST:PORT] [--card NAME|ADDRESS] [--seconds N]',
  ],
  async ({ seconds = 3, ...values }) => {
    const isNetwork = values.cameras || values.lanes
    if (!isNetwork && !values.hid && !values.printers && values.at === undefined)
      throw wrongFlag(
        '',
        t(
          '--cameras、--lanes、--hid、--printers、--at HOST,可写几个',
          '--cameras, --lanes, --hid, --printers, --at HOST, or several',
        ),
      )
    const waitMs = 1000 * Math.min(30, Math.max(1, seconds))
    const cards = isNetwork ? cardsOf(values.card) : []
    const hid = values.hid ? await hidDevices() : []
    const printers = values.printers ? kernelPrinters() : []
    const cameras: FoundCamera[] = []
    const lanes: FoundLanePc[] = []
    for (const { address: card } of cards)
      if (values.cameras) cameras.push(...(await camerasOn(card, waitMs)))
    const listenedOn = values.lanes ? cards : []
    const searches = listenedOn.map(({ address: card }) => browseLanePcs({ card, waitMs }))
    lanes.push(...(await Promise.all(searches)).flat())
    if (values.at !== undefined) cameras.push(...(await probeOne(values.at, waitMs)))
    const searchedCards = cards.map(({ name, address }) => ({ name, address }))
    return printed({ cards: searchedCards, cameras, lanes, hid, printers })
  },
)

export const findCommand = commandOf('find', [find])
