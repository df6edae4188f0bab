// English words of the start page: what to begin with.
// Only what works is offered.
import type { start as chinese } from '../zh/start.ts'

export const start: typeof chinese = {
  start: {
    title: 'Where to begin',
    setup: 'Set up a car park',
    setupWhy: 'From a drawing of its lanes; stop and come back at any time',
    device: 'Connect a device',
    deviceWhy: 'No car park needed: find, read, adjust, watch its frames',
    open: 'Open a car park',
    openWhy: 'Choose its folder (the one with lot.json)',
    known: 'Open {name}',
    knownWhy: 'In {dir}',
    change: 'Change {name}',
    changeWhy:
      'The same forms; changes are shown before they are written, one step goes back. While its lanes stand still',
    demo: 'See the demo',
    demoWhy: 'A simulated entry and exit that touch no real device',
    noLot: 'No car park in {dir}: neither lot.json nor a ledger. No file was changed.',
    busy: 'Opening…',
    why: 'Nothing runs yet and no file was written. The menu leads back to this page at any time.',
  },
}
