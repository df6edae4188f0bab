// What must have happened at the site of each layout of clause 7.1, by the names of `site` in a replay.
// With a count of zero a run proves nothing about its layout.

const counts: Readonly<Record<string, readonly string[]>> = {
  '7.1.1': [],
  '7.1.2': ['shifts', 'cashPayments', 'cashFen', 'changeFen', 'emptyBoothExits', 'platesHidden'],
  '7.1.3': ['met', 'readWaiting', 'backedOff'],
  '7.1.4': ['enteringHeard', 'heardBesideExit', 'foreignObuRead'],
  '7.1.5': ['lineCuts', 'cameInCut', 'cutAtLane', 'leftInCut', 'otherLanePassed'],
}

export const happened = (layout: string): readonly string[] => counts[layout] ?? [layout]

/** The events that did not happen; `alone`: without an attendant in the booth. */
export const unsure = (
  layout: string,
  site: Readonly<Record<string, number>>,
  alone = false,
): readonly string[] =>
  happened(layout)
    .filter((name) => !alone || !/^cash|^change/.test(name))
    .filter((name) => (site[name] ?? 0) === 0)
