// Loops and radars behind contacts under the contract of every driver, on each transport of their board.
// A piece of work is a car on the loop and off again: reported once on, once off.
import type { DriverEvent } from '#devices/pure/driver.ts'
import { standardContacts } from '#devices/pure/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsEffect,
  type ContactsState,
  type DetectorEvent,
} from '#devices/pure/detector/contacts/driver.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { ContactBoard, type BoardOutput } from '#simulators/detector/board.ts'
import { driverContract } from '../../contract/driver-contract.ts'
import { LinkBench } from '../../contract/link-bench.ts'

const contact = {
  name: 'loop 1',
  di: 2,
  activeHigh: true,
  debounceOnMs: 80,
  debounceOffMs: 150,
  stuckMs: 600_000,
}

class ContactsBench extends LinkBench<BoardOutput, ContactBoard> {
  private seen: boolean | null = null
  private cars = 0

  constructor(kind: 'tcp' | 'rtu') {
    super(new ContactBoard({ seed: 3, transport: kind }), { serial: false })
    const config = { ...standardContacts, unitId: 1, contacts: [contact] }
    const driver = contactsDriver(config, kind === 'tcp' ? modbusTcp : modbusRtu(5))
    this.link.host<ContactsState, never, DetectorEvent, ContactsEffect>(
      {
        initial: () => driver.initial(),
        step: (state, event: DriverEvent<never>) => driver.step(state, event),
      },
      (event) => this.reported(event),
    )
  }

  private reported(event: DetectorEvent): void {
    if (event.type === 'detectorUp') this.up = true
    if (event.type === 'detectorDown') this.up = false
    if (event.type !== 'contact') return
    // An unknown state between two readings is no departure.
    if (event.seen.stable === false && this.seen === true) this.cars++
    this.seen = event.seen.stable
  }

  work(): void {
    this.model.set({ 2: true })
    this.link.time.clock.after(600, () => this.model.set({ 2: false }))
  }
  done(): number {
    return this.cars
  }
}

for (const kind of ['tcp', 'rtu'] as const)
  driverContract({
    name: `loops and radars, contacts on Modbus ${kind}`,
    workMs: 2_000,
    // Three polls of 300 ms; on RTU a late answer is waited out between them.
    lossMs: 2_500,
    upMs: 5_000,
    make: () => new ContactsBench(kind),
  })
