// English words of one set of values for many lanes, and of levels read off an instrument: exactly the
// keys of the Chinese ones.

export const bundle = {
  bundle: {
    title: 'The same values to several lanes',
    why: 'With the values typed above (or a preset, or a backup). Each lane has its own backup and its own trial, and one that does not answer holds up no other; a lane where one value is not allowed is left as it is.',
    fill: 'Type values into the table above first, then compare.',
    lanes: 'Lanes',
    compare: 'Compare the chosen lanes',
    comparing: 'Comparing',
    write: 'Write to {n} lanes and try',
    writeTitle: 'Write to the antennas of {n} lanes',
    col: { lane: 'Lane', change: 'Change', result: 'Result' },
    nothing: 'nothing changes',
    not: 'not on this device: {names}',
    refused: 'not allowed: {names}',
    is: {
      same: 'has these values already',
      wouldWrite: 'can be written',
      refused: 'left: a value is not allowed',
      writing: 'writing, waiting for the device',
      trial: 'on trial, waiting for a test car',
      recorded: 'recorded',
      failed: 'not written',
      ended: 'the trial is over',
    },
    sum: '{kept} kept · {back} taken back or not written · {open} still on trial',
  },
  fieldPoint: {
    title: 'Field levels',
    why: 'Hold the instrument at a place, type the place and what it reads; the same place again replaces it. A reading belongs to the measurement that runs, and stands side by side before and after.',
    place: 'Place, for example 2.5 m',
    level: 'Level (dBm)',
    range: '-120 to 40 dBm, two decimals at most',
    add: 'Note the level',
    none: 'No reading yet',
    at: '{place} reads {dbm} dBm',
  },
}
