// Bugs in the rules on positions: each is planted under a quick test, which must fail.
// Part of the list in unit-bugs.ts.
import type { UnitBug } from './plant.ts'

export const sitingBugs: readonly UnitBug[] = [
  {
    name: 'a gantry judged by the height of an antenna at a lane',
    file: 'base/pure/lot/antenna-mount.ts',
    find: "rules.limit('siting.gantryHeight', 'min')",
    plant: "rules.limit('siting.antennaHeight', 'min')",
    test: 'lane/pure/street-siting.test.ts',
    sees: /gantryHeight of .*5499.* is/,
  },
  {
    name: 'a street without sensors believed about its sensors',
    file: 'lane/pure/street-siting.ts',
    find: 'if (there === 0)',
    plant: 'if (there < 0)',
    test: 'lane/pure/street-siting.test.ts',
    sees: /is not believed about a device/,
  },
  {
    name: 'an antenna one millimetre too low',
    file: 'base/pure/lot/antenna-mount.ts',
    find: 'min: heightMm,',
    plant: 'min: heightMm - 1,',
    test: 'lane/pure/siting.test.ts',
    sees: /antennaHeight of .*2499.* is/,
  },
  {
    name: 'a lane that nobody measured passes',
    file: 'lane/pure/siting-finding.ts',
    find: 'unknown(`还没有测量:${zh}`, `Not measured yet: ${en}`)',
    plant: "pass('', '')",
    test: 'lane/pure/siting.test.ts',
    sees: /is unknown in every layout/,
  },
]
