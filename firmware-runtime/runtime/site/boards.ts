// The guidance boards of a running lot: each has the driver of the displays, and shows the number of free spaces as it
// changes. A driver shows its last page again to a board that was away; a silent board delays nothing.
import { linkOpener } from '#devices/links/link-opener.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { spacesNow, type SpacesLot } from '#money/desk/partners/partner-spaces.ts'
import { withLinkDefaults } from '#devices/profiles/links.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import type { DisplayCommand, DisplayEvent } from '#devices/pure/lane/display.ts'
import { boardPage } from '#lane/pure/board-page.ts'
import type { BoardConfig, LotConfig } from '#base/pure/lot/config.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import { displayBaud, displayConfigOf, standardDisplay } from '#devices/pure/display/olm/config.ts'
import { displayDriver } from '#devices/pure/display/olm/driver.ts'
import type { DisplayEffect, DisplayState } from '#devices/pure/display/olm/state.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'

interface BoardPorts {
  readonly business: WallClock
  readonly mono: MonoClock
  readonly opener?: LinkOpener
}

type BoardLot = SpacesLot & Pick<LotRuntime, 'onRows' | 'trace'>

type BoardHost = DeviceHost<DisplayState, DisplayCommand, DisplayEvent, DisplayEffect>

/** The number is computed this long after a change, so that a row of many turns costs one count. */
const settleMs = 500
/** Reservations begin and end, and watchers fall silent, without a turn. */
const lookMs = 10_000

function hostOf(
  { link, id }: BoardConfig,
  field: string,
  { business, mono, opener = linkOpener() }: BoardPorts,
  failed: (fault: LaneFault) => void,
): BoardHost {
  let isReported = false
  const down = (code: 'LINK-01' | 'LINK-02', reason: string): void => {
    if (isReported) return
    isReported = true
    failed(new LaneFault(code, { field, value: id, note: noteWhy(reason) }))
  }
  return new DeviceHost<DisplayState, DisplayCommand, DisplayEvent, DisplayEffect>({
    mono,
    business,
    opener,
    url: withLinkDefaults(link, { baud: displayBaud }),
    driver: displayDriver(displayConfigOf(link, field, standardDisplay)),
    emit: (event) => {
      if (event.type === 'displayUp') isReported = false
      else if (event.type === 'displayDown') down('LINK-02', event.reason)
    },
    other: () => undefined,
    linkChanged: (up, reason) => {
      if (!up && reason !== '') down('LINK-01', reason)
    },
  })
}

export function openBoards(lot: BoardLot, config: LotConfig, ports: BoardPorts): { close(): void } {
  const boards = (config.boards ?? []).map((board, i) => ({
    part: board.part,
    host: hostOf(board, `/boards/${i}/link`, ports, (fault) =>
      lot.trace('', null, 'fault', tracedFault(fault)),
    ),
    shown: '',
  }))
  if (boards.length === 0) return { close: () => undefined }
  const { mono } = ports
  let waiting: Cancel | null = null
  let looking: Cancel | null = null
  const show = (): void => {
    waiting = null
    const spaces = spacesNow(lot, config)
    for (const board of boards) {
      const page = boardPage(spaces, board.part)
      const [words = ''] = page.phrases
      if (words === board.shown) continue
      board.shown = words
      board.host.command({ do: 'show', page })
    }
  }
  const changed = (): void => {
    waiting ??= mono.after(settleMs, show)
  }
  const look = (): void => {
    changed()
    looking = mono.after(lookMs, look)
  }
  for (const { host } of boards) host.open()
  lot.onRows.add(changed)
  show()
  look()
  return {
    close() {
      lot.onRows.delete(changed)
      waiting?.()
      looking?.()
      for (const { host } of boards) host.close()
    },
  }
}
