// How a test of one device ends where it shows that the device does what a lane wants of it: seen, not merely commanded.
// The set-up calls nothing tested by another end.
export const goodEnds: readonly string[] = [
  'open',
  'closed',
  'shown',
  'picture',
  'printed',
  'scanned',
  'gateway',
  'believed',
]
