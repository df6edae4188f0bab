// Help calls of an open site: its web hook with the sealed key, and the buttons at its lanes.
// When the hook cannot be opened, calls are shown on the board only.
import type { MatterView } from '#lane/calls/inbox.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { callHook } from '#ledger/http/call-hook.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { MatterTeller } from '#lane/lot/matter-teller.ts'
import { PersonCalls } from '#lane/lot/person-calls.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import { withLinkDefaults } from '#devices/profiles/links.ts'
import type { HelpButton, LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { must } from '#base/pure/values/must.ts'
import { relayBaud } from '#devices/pure/barrier/modbus-relay/link.ts'
import { standardContact, standardContacts } from '#devices/pure/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsEffect,
  type ContactsState,
  type DetectorEvent,
} from '#devices/pure/detector/contacts/driver.ts'
import { sensorInputOf } from '#devices/pure/detector/contacts/link.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { Site } from './site-parts.ts'

interface HelpPorts {
  readonly dir: string
  readonly business: BusinessClock
  readonly mono: MonoClock
  readonly tasks: Pick<TaskOwner, 'every'>
  waiting(): Promise<readonly MatterView[]>
  onFault(fault: LaneFault): void
}

export interface OpenHelp {
  readonly calls: PersonCalls
  close(): Promise<void>
}

function openHook({ help }: LotConfig, { dir, business, onFault }: HelpPorts) {
  if (help?.hook === undefined) return null
  const { hook } = help
  try {
    const key = secretStore(dir, machineSecret()).read(hook.secret)
    if (key === null)
      throw new LaneFault('CALL-01', {
        value: hook.secret,
        note: t('没有保存这个密码', 'no such secret'),
      })
    return callHook({ ...hook, key, nowSec: () => Math.floor(business.nowMs() / 1000) })
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    onFault(error)
    return null
  }
}

/** One press is one call, however long the button is held. */
function openButton({ lane, link }: HelpButton, calls: PersonCalls, ports: HelpPorts) {
  const { di, activeHigh, board } = sensorInputOf(link, '/help/buttons')
  must(board !== null, 'a checked lot has a board for its button')
  const contact = { ...standardContact, stuckMs: null, name: 'button', di, activeHigh }
  const config = { ...standardContacts, contacts: [contact], unitId: board.unitId }
  const host = new DeviceHost<ContactsState, never, DetectorEvent, ContactsEffect>({
    ...ports,
    url: withLinkDefaults(board.url, { baud: relayBaud }),
    opener: linkOpener(),
    driver: contactsDriver(config, board.transport),
    emit(event) {
      if (event.type === 'contact' && event.seen.stable === true) calls.call(lane, 'button')
    },
    other: () => undefined,
    linkChanged: () => undefined,
  })
  host.open()
  return host
}

export function openHelp(
  { config, runtime }: Pick<Site, 'config' | 'runtime'>,
  service: Pick<LedgerService, 'query'>,
  ports: HelpPorts,
): OpenHelp {
  const { help, lotId } = config
  const hook = openHook(config, ports)
  const afterMs = help?.afterSec === undefined ? null : help.afterSec * 1000
  const nowMs = () => runtime.nowMs()
  const teller = new MatterTeller({ ...ports, hook, lotId, nowMs })
  const calls = new PersonCalls({ runtime, mono: ports.mono, service, lotId, afterMs, hook })
  const buttons = (help?.buttons ?? []).map((one) => openButton(one, calls, ports))
  return {
    calls,
    async close() {
      calls.stop()
      teller.stop()
      for (const button of buttons) button.close()
      await hook?.close()
    },
  }
}
