// Loops and radars behind contacts under the contract of every driver, on each transport of their board.
// Work is a car on the loop and away again: told once on, once off.
import type { DriverEvent } from '../../../../../firmware-runtime/devices/driver.ts'
import { standardContacts } from '../../../../../firmware-runtime/devices/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsEffect,
  type ContactsState,
  type DetectorEvent,
} from '../../../../../firmware-runtime/devices/detector/contacts/driver.ts'
import { modbusRtu } from '../../../../../firmware-runtime/devices/barrier/modbus-relay/rtu.ts'
import { modbusTcp } from '../../../../../firmware-runtime/devices/barrier/modbus-relay/transport.ts'
import {
  ContactBoard,
  type BoardOutput,
} from '../../../../../firmware-runtime/simulators/detector/board.ts'
import { driverContract } from '../../contract/driver-contract.ts'
import type { ContractBench } from '../../contract/driver-contract.ts'
import { VirtualLink } from '../../contract/virtual-link.ts'

const contact = {
  name: 'loop 1',
  di: 2,
  activeHigh: true,
  debounceOnMs: 80,
  debounceOffMs: 150,
  stuckMs: 600_000,
}

function benchOf(kind: 'tcp' | 'rtu'): ContractBench {
  const board = new ContactBoard({ seed: 3, transport: kind })
  const link = new VirtualLink<BoardOutput>(board, { serial: false })
  const config = { ...standardContacts, unitId: 1, contacts: [contact] }
  const driver = contactsDriver(config, kind === 'tcp' ? modbusTcp : modbusRtu(5))
  let up = false
  let seen: boolean | null = null
  let cars = 0
  link.host<ContactsState, never, DetectorEvent, ContactsEffect>(
    {
      initial: () => driver.initial(),
      step: (state, event: DriverEvent<never>) => driver.step(state, event),
    },
    (event) => {
      if (event.type === 'detectorUp') up = true
      if (event.type === 'detectorDown') up = false
      if (event.type !== 'contact') return
      // Unknown between two readings is no car that left.
      if (event.seen.stable === false && seen === true) cars++
      seen = event.seen.stable
    },
  )
  return {
    connect: () => link.connect(),
    disconnect: () => link.disconnect(),
    run: (forMs) => link.run(forMs),
    isUp: () => up,
    work() {
      board.set({ 2: true })
      link.time.clock.after(600, () => board.set({ 2: false }))
    },
    done: () => cars,
    garbage: (bytes) => link.deliver(bytes),
    silence(on) {
      const action = { do: 'silence', ms: 0, bits: 0, status: 0 }
      if (on) link.put(board.act(action, link.time.nowUs))
      else board.mend()
    },
    duplicate: (on) => void (link.twice = on),
    split: (size) => void (link.pieceBytes = size),
    restartDevice() {
      link.put(board.act({ do: 'reboot', ms: 1_000, bits: 0, status: 0 }, link.time.nowUs))
    },
    // Contacts have no clock.
    skewClock: () => undefined,
  }
}

for (const kind of ['tcp', 'rtu'] as const)
  driverContract({
    name: `loops and radars, contacts on Modbus ${kind}`,
    workMs: 2_000,
    // Three polls of 300 ms; on RTU a late answer is waited out between them.
    lossMs: 2_500,
    upMs: 5_000,
    make: () => benchOf(kind),
  })
