// English words of the start page: what to begin with.
// Only what works is offered.
import type { start as chinese } from '../zh/start.ts'

export const start: typeof chinese = {
  start: {
    title: 'Where to begin',
    device: 'Connect a device',
    deviceWhy: 'No car park needed: find, read, adjust, watch its frames',
    open: 'Open a car park',
    openWhy: 'Choose its folder (the one with lot.json)',
    demo: 'See the demo',
    demoWhy: 'A simulated entry and exit that touch no real device',
    noLot: 'No car park in {dir}: neither lot.json nor a ledger. No file was changed.',
    busy: 'Opening…',
    why: 'Nothing runs yet and no file was written. A new car park is made with the command etc-lane lot init.',
  },
}
